import {
  Box,
  LinearProgress,
  Table,
  TableBody,
  TableCell,
  TableHead,
  TableRow,
  Typography,
} from "@mui/material";
import { memo } from "react";
import { formatSpan } from "../../../lib/format.ts";
import { STEP_TONES } from "../model/labels.ts";
import { RUN_LABELS, transferLabel } from "../model/labels_detail.ts";
import { resourceSpan, type RunResource, transferOf } from "../model/runs.ts";
import { TABLE_STYLE } from "../parts/table_style.ts";
import { ToneMark } from "../parts/tone_mark.tsx";

/** Puts the layers of an image below it, while it is pulled. Builds have their own list of steps. */
function rowsOf(resources: readonly RunResource[]): readonly RunResource[] {
  const hasSteps = resources.some(({ kind }) => kind === "step");
  const isBuild = ({ kind, text }: RunResource) => kind === "image" && /^Buil(t|ding)$/.test(text);
  const others = resources.filter((one) => one.kind !== "step" && !(hasSteps && isBuild(one)));
  const parts = Map.groupBy(others, ({ parent }) => parent);
  return (parts.get(undefined) ?? []).flatMap((resource) =>
    resource.state === "working" ? [resource, ...parts.get(resource.name) ?? []] : [resource]
  );
}

/** Props of {@linkcode RunResources}. */
export interface RunResourcesProps {
  readonly resources: readonly RunResource[];
  /** End of the durations of unfinished resources, epoch ms. */
  readonly until: number;
}

/** The resources of a run but the steps of builds, one row each. */
export function RunResources({ resources, until }: RunResourcesProps) {
  const rows = rowsOf(resources);
  if (rows.length === 0) return null;
  return (
    <Table size="small" aria-label={RUN_LABELS.resources} sx={TABLE_STYLE}>
      <TableHead>
        <TableRow>
          <TableCell>{RUN_LABELS.resource}</TableCell>
          <TableCell sx={{ width: { xs: 120, sm: "45%" } }}>{RUN_LABELS.state}</TableCell>
          <TableCell align="right" sx={{ width: { xs: 84, sm: 120 } }}>{RUN_LABELS.duration}</TableCell>
        </TableRow>
      </TableHead>
      <TableBody>
        {rows.map((resource) => (
          <Resource
            key={resource.key}
            resource={resource}
            transfer={transferLabel(transferOf(resource, resources, until))}
            span={formatSpan(resourceSpan(resource, until))}
          />
        ))}
      </TableBody>
    </Table>
  );
}

interface ResourceProps {
  readonly resource: RunResource;
  /** Bytes and remaining time; empty if unknown. */
  readonly transfer: string;
  readonly span: string;
}

const Resource = memo(
  function Resource({ resource, transfer, span }: ResourceProps) {
    const { label, parent, text, state, percent } = resource;
    const isUnfinished = state === "unfinished" || state === "failed";
    // The notice of the failure explains it once.
    const word = state === "error" ? RUN_LABELS.failed : isUnfinished ? RUN_LABELS.unfinished(text) : text;
    return (
      <TableRow>
        <TableCell
          component="th"
          scope="row"
          sx={{ overflowWrap: "anywhere", pl: parent === undefined ? 2 : 4 }}
        >
          {label}
        </TableCell>
        <TableCell sx={{ overflowWrap: "anywhere" }}>
          <ToneMark word={word} tone={STEP_TONES[state]} />
          {percent !== undefined && state === "working" && (
            <Box sx={{ display: "flex", alignItems: "center", gap: 1 }}>
              <LinearProgress
                variant="determinate"
                value={percent}
                aria-label={`${text} ${label}`}
                sx={{ width: 160 }}
              />
              {percent} %
            </Box>
          )}
          {transfer !== "" && <Typography variant="body2" color="text.secondary">{transfer}</Typography>}
        </TableCell>
        <TableCell align="right">{span}</TableCell>
      </TableRow>
    );
  },
);
