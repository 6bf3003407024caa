import { Box, Link, Typography } from "@mui/material";
import { CopyButton } from "../../../components/copy_button.tsx";
import { DETAIL_LABELS } from "./labels_details.ts";
import type { PortView } from "../../../lib/published_ports.ts";

/** Props of {@linkcode PortList}. */
export interface PortListProps {
  readonly ports: readonly PortView[];
  /** Adds a button that copies each address. */
  readonly copy?: boolean;
}

/** Ports, as links where a browser can open them. */
export function PortList({ ports, copy = false }: PortListProps) {
  return (
    <Box
      component="ul"
      sx={{ display: "flex", flexWrap: "wrap", columnGap: 2, rowGap: 0.5, m: 0, p: 0, listStyle: "none" }}
    >
      {ports.map(({ text, href, isPublished }) => (
        <Typography key={text} component="li" variant="body2" sx={{ fontVariantNumeric: "tabular-nums" }}>
          {href === undefined
            ? text
            : <Link href={href} target="_blank" rel="noopener noreferrer" title={href}>{text} ↗</Link>}
          {!isPublished && (
            <Box component="span" sx={{ color: "text.secondary" }}>{` ${DETAIL_LABELS.notPublished}`}</Box>
          )}
          {copy && href !== undefined && (
            <>
              {" "}
              <CopyButton text={href} label={DETAIL_LABELS.copy(href)} />
            </>
          )}
        </Typography>
      ))}
    </Box>
  );
}
