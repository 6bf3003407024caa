import { useNewerImages } from "./newer_images.ts";
import { hrefTo } from "../lib/route.ts";
import { Tag } from "./design/state_mark.tsx";
import { LABELS } from "./labels.ts";

/** Mark of a container, service or stack whose image has a newer one; it links to what is new. */
export function NewerImageMark({ of }: { readonly of: string }) {
  if (!useNewerImages().has(of)) return null;
  // Above the link that covers a row.
  const style = { position: "relative", zIndex: 1, textDecoration: "none" } as const;
  return (
    <a href={hrefTo("updates")} title={LABELS.newerImageHelp} style={style}>
      <Tag tone="careful">{LABELS.newerImage}</Tag>
    </a>
  );
}
