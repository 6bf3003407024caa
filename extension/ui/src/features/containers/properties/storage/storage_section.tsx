import type { ContainerDetails } from "../../../../../../../server/protocol/containers.ts";
import { formatAge, formatBytes } from "../../../../lib/format.ts";
import { momentText } from "../detail_facts.ts";
import { type FactEntry, FactSection } from "../fact_list.tsx";
import { DETAIL_LABELS } from "../labels_details.ts";
import { useStorage } from "./use_storage.ts";

/** Age and size of a container's image, and sizes of its volumes; nothing where they are unknown. */
export function StorageSection({ details }: { readonly details: ContainerDetails }) {
  const { image, volumes } = useStorage(details);
  const entries: FactEntry[] = [
    { name: DETAIL_LABELS.imageCreated, value: ageText(image?.created, Date.now()) },
    { name: DETAIL_LABELS.imageSize, value: bytesText(image?.sizeBytes) },
    ...volumes.map(({ name = "", sizeBytes }) => ({
      key: `volume ${name}`,
      name: DETAIL_LABELS.volume(name),
      value: bytesText(sizeBytes),
    })),
  ];
  if (entries.every(({ value }) => value === null)) return null;
  return <FactSection title={DETAIL_LABELS.storage} entries={entries} />;
}

function bytesText(bytes: number | null | undefined): string | null {
  return typeof bytes === "number" ? formatBytes(bytes) : null;
}

/** Returns a date with its age, such as "2026-08-01 12:00 (3 d ago)". */
function ageText(created: string | null | undefined, now: number): string | null {
  const text = momentText(created ?? null);
  const at = Date.parse(created ?? "");
  return text === null || Number.isNaN(at) ? null : `${text} (${formatAge(Math.max(now - at, 0))} ago)`;
}
