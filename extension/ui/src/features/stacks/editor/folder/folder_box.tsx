import { Alert, Box, Paper, Skeleton, Stack as Flex, Typography } from "@mui/material";
import { useEffect, useRef, useState } from "react";
import { ActionButton } from "../../../../components/action_button.tsx";
import { formatBytes } from "../../../../lib/format.ts";
import { FOLDER_LABELS } from "../../model/plan/labels_folder.ts";
import { messageOf } from "../../parts/use_task.ts";
import { ToneMark } from "../../parts/tone_mark.tsx";
import type { IntakeProps } from "../intake/intake.ts";
import { chosenFolder, droppedFolder, type Folder } from "./folder_files.ts";
import { type FolderReview, type ReviewedFile, reviewFolder } from "./folder_review.ts";

/** State of the box; neither before a folder was chosen. */
interface Reading {
  readonly phase: "none" | "reading" | "failed" | "reviewed";
  readonly review?: FolderReview;
  readonly failure?: string;
}

/** Choice of a folder, and the list of its files before they are used. Loaded on demand. */
export default function FolderBox({ dropped, onTake }: IntakeProps) {
  const [{ phase, review, failure }, setReading] = useState<Reading>({ phase: "none" });
  const newest = useRef(0);
  const read = async (open: () => Promise<Folder | undefined>) => {
    const own = ++newest.current;
    setReading({ phase: "reading" });
    const result = await readingOf(open);
    // Another folder was chosen meanwhile.
    if (own === newest.current) setReading(result);
  };
  useEffect(() => {
    if (dropped !== undefined) void read(() => droppedFolder(dropped));
  }, [dropped]);
  return (
    <Flex spacing={1} component="section" aria-label={FOLDER_LABELS.title}>
      <Typography variant="body2">{FOLDER_LABELS.hint}</Typography>
      <Typography variant="body2" color="text.secondary">{FOLDER_LABELS.limits}</Typography>
      <FolderButton onChoose={(list) => void read(() => Promise.resolve(chosenFolder(list)))} />
      {phase === "reading" && (
        <Box role="status" aria-label={FOLDER_LABELS.reading}>
          <Skeleton variant="rounded" height={80} />
        </Box>
      )}
      {failure !== undefined && <Alert severity="error">{failure}</Alert>}
      {review !== undefined && <Review review={review} onTake={onTake} />}
    </Flex>
  );
}

async function readingOf(open: () => Promise<Folder | undefined>): Promise<Reading> {
  try {
    const folder = await open();
    if (folder === undefined) return { phase: "failed", failure: FOLDER_LABELS.empty };
    return { phase: "reviewed", review: await reviewFolder(folder) };
  } catch (error) {
    return { phase: "failed", failure: FOLDER_LABELS.notRead(messageOf(error)) };
  }
}

function FolderButton({ onChoose }: { readonly onChoose: (list: readonly File[]) => void }) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <Box>
      <ActionButton label={FOLDER_LABELS.choose} onClick={() => input.current?.click()} />
      <input
        ref={input}
        type="file"
        hidden
        aria-label={FOLDER_LABELS.input}
        {
          // React's types do not know it.
          ...{ webkitdirectory: "" }
        }
        onChange={({ target }) => {
          const files = [...target.files ?? []];
          // The same folder can be chosen again.
          target.value = "";
          onChoose(files);
        }}
      />
    </Box>
  );
}

interface ReviewProps extends Pick<IntakeProps, "onTake"> {
  readonly review: FolderReview;
}

function Review({ review: { name, files, isCut, intake }, onTake }: ReviewProps) {
  const refused = files.filter(({ use }) => use === "refused").length;
  return (
    <>
      {intake === undefined && <Alert severity="error">{FOLDER_LABELS.noCompose}</Alert>}
      {isCut && <Alert severity="warning">{FOLDER_LABELS.cut}</Alert>}
      <Flex direction="row" spacing={2} useFlexGap sx={{ alignItems: "center", flexWrap: "wrap" }}>
        <Typography variant="body2" role="status">
          {FOLDER_LABELS.counts(files.length - refused, refused)}
        </Typography>
        {intake !== undefined && (
          <ActionButton
            label={FOLDER_LABELS.use}
            variant="contained"
            onClick={() => onTake(intake)}
          />
        )}
      </Flex>
      <Paper variant="outlined" tabIndex={0} sx={{ maxHeight: 320, overflow: "auto" }}>
        <Box component="ul" aria-label={FOLDER_LABELS.files(name)} sx={{ m: 0, p: 0, listStyle: "none" }}>
          {files.map((file) => <Row key={file.path} file={file} />)}
        </Box>
      </Paper>
    </>
  );
}

function Row({ file: { path, size, use, reason } }: { readonly file: ReviewedFile }) {
  return (
    <Box
      component="li"
      sx={{
        ...{ display: "grid", columnGap: 1, px: 1, py: 0.5, typography: "body2", overflowWrap: "anywhere" },
        gridTemplateColumns: "110px minmax(0, 1fr) 80px",
      }}
    >
      <ToneMark word={FOLDER_LABELS.uses[use]} tone={use === "refused" ? "doubtful" : "good"} />
      <span>
        {path}
        {reason !== undefined && (
          <Box component="span" sx={{ display: "block", color: "text.secondary" }}>{reason}</Box>
        )}
      </span>
      <Box component="span" sx={{ textAlign: "right", color: "text.secondary" }}>{formatBytes(size)}</Box>
    </Box>
  );
}
