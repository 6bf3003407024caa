import { Box, Skeleton, Stack as Flex, Typography } from "@mui/material";
import { type DragEvent, lazy, Suspense, useState } from "react";
import { ActionButton } from "../../../../components/action_button.tsx";
import { loadWithRetry } from "../../../../lib/load_with_retry.ts";
import { MAX_FILE_BYTES } from "../../model/file_texts.ts";
import { INTAKE_LABELS } from "../../model/plan/labels_intake.ts";
import type { DockerRunBoxProps } from "./docker_run_box.tsx";

const DockerRunBox = lazy(() => loadWithRetry(() => import("./docker_run_box.tsx")));

/** Props of {@linkcode StackIntake}. */
export interface StackIntakeProps extends DockerRunBoxProps {
  readonly isLocked: boolean;
}

/** Ways to begin a stack besides typing: a `docker run` command, or a dropped Compose file. */
export function StackIntake({ isLocked, onConvert }: StackIntakeProps) {
  const [isOpen, setOpen] = useState(false);
  const drop = async (event: DragEvent) => {
    event.preventDefault();
    const [file] = event.dataTransfer.files;
    if (file === undefined || isLocked || file.size > MAX_FILE_BYTES) return;
    onConvert(await file.text(), "");
  };
  return (
    <Flex spacing={1} onDragOver={(event: DragEvent) => event.preventDefault()} onDrop={drop}>
      <Flex
        direction="row"
        spacing={2}
        sx={{ alignItems: "center", border: "1px dashed", borderColor: "divider", borderRadius: 1, p: 1 }}
      >
        <ActionButton label={INTAKE_LABELS.open} variant="text" onClick={() => setOpen(!isOpen)} />
        <Typography variant="body2" color="text.secondary">{INTAKE_LABELS.dropHint}</Typography>
      </Flex>
      {isOpen && !isLocked && (
        <Box>
          <Suspense fallback={<Skeleton variant="rounded" height={80} />}>
            <DockerRunBox onConvert={onConvert} />
          </Suspense>
        </Box>
      )}
    </Flex>
  );
}
