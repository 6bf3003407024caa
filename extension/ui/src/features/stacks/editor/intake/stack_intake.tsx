import { Box, Button, Skeleton, Stack as Flex, Typography } from "@mui/material";
import { type DragEvent, lazy, Suspense, useId, useState } from "react";
import { goTo } from "../../../../lib/route.ts";
import { loadWithRetry } from "../../../../lib/load_with_retry.ts";
import { MAX_FILE_BYTES } from "../../model/file_texts.ts";
import { INTAKE_LABELS } from "../../model/plan/labels_intake.ts";
import type { Intake, IntakeProps } from "./intake.ts";

/** Ways to begin a stack, each loaded on demand. */
const SOURCES = {
  template: lazy(() => loadWithRetry(() => import("../../templates/template_list.tsx"))),
  command: lazy(() => loadWithRetry(() => import("./docker_run_box.tsx"))),
} as const;

type Source = keyof typeof SOURCES;

/** Props of {@linkcode StackIntake}. */
export interface StackIntakeProps extends IntakeProps {
  readonly isLocked: boolean;
}

/** Ways to begin a stack besides typing: a template, a `docker run` command, or a dropped Compose file. */
export function StackIntake({ isLocked, onTake }: StackIntakeProps) {
  const [open, setOpen] = useState<Source>();
  const panelId = useId();
  const drop = async (event: DragEvent) => {
    event.preventDefault();
    const [file] = event.dataTransfer.files;
    if (file === undefined || isLocked || file.size > MAX_FILE_BYTES) return;
    onTake({ compose: await file.text(), name: "" });
  };
  const take = (intake: Intake) => {
    // A converted command keeps its box, which lists what was not converted.
    if (open === "template") setOpen(undefined);
    onTake(intake);
  };
  const Panel = open && SOURCES[open];
  return (
    <Flex spacing={1} onDragOver={(event: DragEvent) => event.preventDefault()} onDrop={drop}>
      <Flex
        direction="row"
        spacing={1}
        useFlexGap
        role="group"
        aria-label={INTAKE_LABELS.group}
        sx={{
          ...{ alignItems: "center", flexWrap: "wrap", p: 1 },
          ...{ border: "1px dashed", borderColor: "divider", borderRadius: 1 },
        }}
      >
        {(Object.keys(SOURCES) as Source[]).map((source) => (
          <SourceButton
            key={source}
            label={INTAKE_LABELS.sources[source]}
            panelId={panelId}
            isOpen={open === source}
            isLocked={isLocked}
            onClick={() => setOpen(open === source ? undefined : source)}
          />
        ))}
        <GitButton isLocked={isLocked} />
        <Typography variant="body2" color="text.secondary">{INTAKE_LABELS.dropHint}</Typography>
      </Flex>
      <Box id={panelId} hidden={Panel === undefined || isLocked}>
        {Panel !== undefined && !isLocked && (
          <Suspense fallback={<Skeleton variant="rounded" height={120} />}>
            <Panel onTake={take} />
          </Suspense>
        )}
      </Box>
    </Flex>
  );
}

function GitButton({ isLocked }: Pick<StackIntakeProps, "isLocked">) {
  return (
    <Button variant="text" disabled={isLocked} onClick={() => goTo("stacks", "new-git")}>
      {INTAKE_LABELS.git}
    </Button>
  );
}

interface SourceButtonProps {
  readonly label: string;
  readonly panelId: string;
  readonly isOpen: boolean;
  readonly isLocked: boolean;
  readonly onClick: () => void;
}

function SourceButton({ label, panelId, isOpen, isLocked, onClick }: SourceButtonProps) {
  return (
    <Button
      variant={isOpen ? "outlined" : "text"}
      disabled={isLocked}
      aria-expanded={isOpen}
      aria-controls={isOpen ? panelId : undefined}
      onClick={onClick}
    >
      {label}
    </Button>
  );
}
