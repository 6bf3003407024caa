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
  folder: lazy(() => loadWithRetry(() => import("../folder/folder_box.tsx"))),
} as const;

type Source = keyof typeof SOURCES;

/** Props of {@linkcode StackIntake}. */
export interface StackIntakeProps extends IntakeProps {
  readonly isLocked: boolean;
}

/** Ways to begin a stack besides typing: a template, a `docker run` command, a folder, or a dropped Compose file. */
export function StackIntake({ isLocked, onTake }: StackIntakeProps) {
  const [open, setOpen] = useState<Source>();
  const panelId = useId();
  const [dropped, setDropped] = useState<FileSystemDirectoryEntry>();
  const drop = async (event: DragEvent) => {
    event.preventDefault();
    if (isLocked) return;
    const folder = folderOf(event.dataTransfer);
    setDropped(folder);
    if (folder !== undefined) return setOpen("folder");
    const [file] = event.dataTransfer.files;
    if (file === undefined || file.size > MAX_FILE_BYTES) return;
    onTake({ compose: await file.text(), name: "" });
  };
  const take = (intake: Intake) => {
    // A converted command keeps its box, which lists what was not converted.
    if (open !== "command") setOpen(undefined);
    onTake(intake);
  };
  const Panel = open && SOURCES[open];
  return (
    <Flex spacing={1} onDragOver={(event: DragEvent) => event.preventDefault()} onDrop={drop}>
      <Sources
        panelId={panelId}
        open={open}
        isLocked={isLocked}
        onToggle={(source) => setOpen(open === source ? undefined : source)}
      />
      <Box id={panelId} hidden={Panel === undefined || isLocked}>
        {Panel !== undefined && !isLocked && (
          <Suspense fallback={<Skeleton variant="rounded" height={120} />}>
            <Panel onTake={take} dropped={dropped} />
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

interface SourcesProps {
  readonly panelId: string;
  readonly open: Source | undefined;
  readonly isLocked: boolean;
  readonly onToggle: (source: Source) => void;
}

function Sources({ panelId, open, isLocked, onToggle }: SourcesProps) {
  return (
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
          onClick={() => onToggle(source)}
        />
      ))}
      <GitButton isLocked={isLocked} />
      <Typography variant="body2" color="text.secondary" sx={{ display: { xs: "none", sm: "block" } }}>
        {INTAKE_LABELS.dropHint}
      </Typography>
    </Flex>
  );
}

/** Returns the folder among dropped things; browsers show it only during the event. */
function folderOf({ items }: DataTransfer): FileSystemDirectoryEntry | undefined {
  for (const item of Array.from(items)) {
    const entry = item.webkitGetAsEntry();
    if (entry?.isDirectory) return entry as FileSystemDirectoryEntry;
  }
  return undefined;
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
