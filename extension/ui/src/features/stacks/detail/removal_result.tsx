import { Alert, Box, Skeleton, Typography } from "@mui/material";
import type { RemovalPreview } from "../../../../../../server/protocol/removal.ts";
import type { Stack } from "../../../../../../server/protocol/stacks.ts";
import { formatBytes } from "../../../lib/format.ts";
import { REMOVE_LABELS } from "../model/labels_remove.ts";
import type { RemovalOptions } from "../model/stack_requests.ts";
import type { LoadedPreview } from "./use_removal_preview.ts";

/** Props of {@linkcode RemovalResult}. */
export interface RemovalResultProps extends LoadedPreview {
  readonly stack: Stack;
  readonly options: RemovalOptions;
}

/** Lists of what a removal deletes and what it keeps. */
export function RemovalResult({ stack, options, preview, failure }: RemovalResultProps) {
  if (failure !== undefined) {
    return <Alert severity="warning" sx={{ mt: 2 }}>{REMOVE_LABELS.notLoaded(failure)}</Alert>;
  }
  if (preview === undefined) {
    return (
      <Box role="status" aria-label={REMOVE_LABELS.loading} sx={{ mt: 2 }}>
        <Skeleton variant="rounded" height={120} />
      </Box>
    );
  }
  return (
    <Box
      role="group"
      aria-label={REMOVE_LABELS.preview}
      tabIndex={0}
      sx={{ mt: 2, maxHeight: "40vh", overflow: "auto" }}
    >
      <Section title={REMOVE_LABELS.goes} groups={removed(stack, preview)} />
      <Section title={REMOVE_LABELS.stays} groups={kept(options, preview)} />
    </Box>
  );
}

/** Heading of a group with its items; a group without a heading is one sentence. */
type Group = readonly [heading: string | undefined, items: readonly string[]];

function removed(
  { managed }: Stack,
  { containers, networks, volumes, files }: RemovalPreview,
): readonly Group[] {
  return [
    [REMOVE_LABELS.containers, containers],
    [REMOVE_LABELS.networks, networks],
    [REMOVE_LABELS.volumesOf, volumes.map(sizedVolume)],
    [REMOVE_LABELS.files, files.deleted],
    [undefined, managed ? [REMOVE_LABELS.record] : []],
  ];
}

function kept({ keep, volumes }: RemovalOptions, { files }: RemovalPreview): readonly Group[] {
  const rest = keep ? [REMOVE_LABELS.everything] : volumes ? [] : [REMOVE_LABELS.volumesStay];
  return [[undefined, rest], [REMOVE_LABELS.files, files.kept]];
}

function sizedVolume({ name, bytes }: RemovalPreview["volumes"][number]): string {
  return bytes === null ? name : REMOVE_LABELS.sized(name, formatBytes(bytes));
}

function Section({ title, groups }: { readonly title: string; readonly groups: readonly Group[] }) {
  const shown = groups.filter(([, items]) => items.length > 0);
  return (
    <Box component="section" aria-label={title} sx={{ mb: 1 }}>
      <Typography variant="subtitle2" component="h3">{title}</Typography>
      {shown.length === 0 && <Typography variant="body2">{REMOVE_LABELS.nothing}</Typography>}
      {shown.map(([heading, items]) => (
        <Box key={heading ?? ""}>
          {heading !== undefined && <Typography variant="body2" color="text.secondary">{heading}</Typography>}
          <Box component="ul" sx={{ m: 0, pl: 3, typography: "body2", overflowWrap: "anywhere" }}>
            {items.map((item) => <li key={item}>{item}</li>)}
          </Box>
        </Box>
      ))}
    </Box>
  );
}
