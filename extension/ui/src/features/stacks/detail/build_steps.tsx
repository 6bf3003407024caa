import { Box, Button, LinearProgress, Typography } from "@mui/material";
import { useState } from "react";
import { MONOSPACE, TABULAR } from "../../../components/design/tokens.ts";
import { DownIcon, UpIcon } from "../../../components/icons.tsx";
import { formatSpan } from "../../../lib/format.ts";
import { plainText } from "../../../lib/plain_text.ts";
import { buildsOf, type BuildStep, type ServiceBuild } from "../model/build/build_steps.ts";
import { BUILD_LABELS, BUILD_TONES } from "../model/build/labels_build.ts";
import { STEP_TONES } from "../model/labels.ts";
import { RUN_LABELS, transferLabel } from "../model/labels_detail.ts";
import { resourceSpan, type RunResource, transferOf } from "../model/runs.ts";
import type { StackFeed } from "../model/stack_feed.ts";
import { ToneMark } from "../parts/tone_mark.tsx";
import { type StepLines, useBuildLines } from "./use_build_lines.ts";

/** Number of lines below a step, unless all are shown. */
const LAST_LINES = 8;

/** State, text and duration of a step; on a phone the text is below the others. */
const ROW = {
  display: "grid",
  gridTemplateColumns: { xs: "1fr auto", sm: "96px minmax(0, 1fr) auto" },
  columnGap: 1,
  alignItems: "baseline",
  "& .title": {
    gridRow: { xs: 2, sm: 1 },
    gridColumn: { xs: "1 / -1", sm: 2 },
    fontFamily: MONOSPACE,
    fontSize: 12,
    overflowWrap: "anywhere",
  },
  "& .span": { ...TABULAR, color: "text.secondary" },
} as const;

/** Props of {@linkcode BuildSteps}. */
export interface BuildStepsProps {
  readonly feed: StackFeed;
  /** `undefined` while the operation is not known. */
  readonly operationId: number | undefined;
  /** Resources of the run. */
  readonly resources: readonly RunResource[];
  /** Names of the services of the stack. */
  readonly services: readonly string[];
  readonly isRunning: boolean;
  /** End of the durations of unfinished steps, epoch ms. */
  readonly until: number;
}

/** The builds of a run by service: their steps, and what each has printed. */
export function BuildSteps({ feed, operationId, resources, services, isRunning, until }: BuildStepsProps) {
  const builds = buildsOf(resources, services, isRunning);
  const lines = useBuildLines(feed, builds.length === 0 ? undefined : operationId, isRunning);
  return builds.map((build) => <Build key={build.service ?? ""} build={build} lines={lines} until={until} />);
}

interface BuildProps extends Pick<BuildStepsProps, "until"> {
  readonly build: ServiceBuild;
  readonly lines: StepLines;
}

function Build({ build, lines, until }: BuildProps) {
  const { service, steps, state, startedAt, changedAt } = build;
  const [choice, setChoice] = useState<boolean>();
  const open = choice ?? (state === "working" || state === "failed");
  const shown = steps.filter(({ isInternal, resource }) => !isInternal || resource.state !== "done");
  const span = (state === "working" ? until : changedAt) - startedAt;
  return (
    <Box component="section" aria-label={BUILD_LABELS.title(service)} sx={{ mt: 1 }}>
      <Button
        size="small"
        color="inherit"
        aria-expanded={open}
        endIcon={open ? <UpIcon /> : <DownIcon />}
        onClick={() => setChoice(!open)}
        sx={{ px: 0, textAlign: "left" }}
      >
        {BUILD_LABELS.title(service)}
      </Button>
      <Box component="span" sx={{ ml: 1, typography: "body2", color: "text.secondary" }}>
        <ToneMark word={BUILD_LABELS.progress(build)} tone={BUILD_TONES[state]} /> ·{" "}
        {formatSpan(Math.max(span, 0))}
      </Box>
      {open && (
        <Box component="ol" sx={{ m: 0, p: 0, listStyle: "none" }}>
          {shown.map((step) => (
            <Step
              key={step.resource.key}
              step={step}
              lines={lines.get(step.resource.name) ?? []}
              until={until}
            />
          ))}
        </Box>
      )}
    </Box>
  );
}

interface StepProps {
  readonly step: BuildStep;
  readonly lines: readonly string[];
  readonly until: number;
}

function Step({ step: { resource, title }, lines, until }: StepProps) {
  const { state, text, percent } = resource;
  const isEnded = state === "done" || state === "warning";
  const transfer = transferLabel(transferOf(resource, [], until));
  const word = state === "error" || state === "failed" ? RUN_LABELS.failed : text;
  return (
    <Box component="li" sx={{ py: 0.5, borderTop: 1, borderColor: "divider", typography: "body2" }}>
      <Box sx={ROW}>
        <ToneMark word={word} tone={STEP_TONES[state]} />
        <Box className="title">{title}</Box>
        <Box className="span">{formatSpan(resourceSpan(resource, until))}</Box>
      </Box>
      {transfer !== "" && (
        <Box sx={{ display: "flex", alignItems: "center", gap: 1, color: "text.secondary" }}>
          {percent !== undefined && (
            <LinearProgress
              variant="determinate"
              value={percent}
              aria-label={BUILD_LABELS.transfer(title)}
              sx={{ width: 160 }}
            />
          )}
          {transfer}
        </Box>
      )}
      {lines.length > 0 && <Lines title={title} lines={lines} isFolded={isEnded} />}
    </Box>
  );
}

interface LinesProps {
  readonly title: string;
  readonly lines: readonly string[];
  /** True to show no line until they are asked for. */
  readonly isFolded: boolean;
}

/** The last lines of a step, or all that are kept. */
function Lines({ title, lines, isFolded }: LinesProps) {
  const [all, setAll] = useState(false);
  const count = isFolded ? 0 : LAST_LINES;
  const shown = all ? lines : count === 0 ? [] : lines.slice(-count);
  return (
    <>
      {shown.length > 0 && (
        <Typography
          component="pre"
          role="group"
          aria-label={BUILD_LABELS.output(title)}
          tabIndex={0}
          sx={{
            ...{ m: 0, p: 1, maxHeight: 260, overflow: "auto", bgcolor: "action.hover", borderRadius: 1 },
            ...{ fontFamily: MONOSPACE, fontSize: 12, whiteSpace: "pre-wrap", overflowWrap: "anywhere" },
          }}
        >
          {shown.map(plainText).join("\n")}
        </Typography>
      )}
      {lines.length > count && (
        <Button
          size="small"
          aria-expanded={all}
          onClick={() => setAll(!all)}
          sx={{ px: 0, minHeight: 24 }}
        >
          {all ? BUILD_LABELS.fewer : BUILD_LABELS.all(lines.length)}
        </Button>
      )}
    </>
  );
}
