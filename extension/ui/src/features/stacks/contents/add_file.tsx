import { Alert, Stack as Flex, TextField, Typography } from "@mui/material";
import { useRef, useState } from "react";
import { ActionButton } from "../../../components/action_button.tsx";
import { ConfirmDialog } from "../../../components/confirm_dialog.tsx";
import { goTo } from "../../../lib/route.ts";
import { isFilePath, MAX_FILE_BYTES, uploadPath } from "../model/file_texts.ts";
import { FILES_LABELS } from "../model/labels_contents.ts";

/** Props of {@linkcode AddFile}. */
export interface AddFileProps {
  readonly stackId: number;
  /** Paths that the stack has. */
  readonly paths: readonly string[];
  /** Reason why no file can be added. */
  readonly obstacle: string | undefined;
  readonly onUpload: (path: string, bytes: Uint8Array) => void;
}

interface Upload {
  readonly path: string;
  readonly file: File;
}

/** Form that adds a file to a stack, as a new text or as an upload. A present file is replaced only after a question. */
export function AddFile({ stackId, paths, obstacle, onUpload }: AddFileProps) {
  const [path, setPath] = useState("");
  const [mistake, setMistake] = useState<string>();
  const [replacing, setReplacing] = useState<Upload>();
  const send = async ({ path, file }: Upload) => {
    setReplacing(undefined);
    setPath("");
    onUpload(path, new Uint8Array(await file.arrayBuffer()));
  };
  const create = () => {
    if (!isFilePath(path.trim())) return setMistake(FILES_LABELS.invalidPath);
    goTo("stacks", stackId, paths.includes(path.trim()) ? "files" : "new-file", path.trim());
  };
  const choose = (file: File) => {
    const upload = { path: uploadPath(path, file.name), file };
    if (!isFilePath(upload.path)) return setMistake(FILES_LABELS.invalidPath);
    if (file.size > MAX_FILE_BYTES) return setMistake(FILES_LABELS.tooLarge(file.name));
    setMistake(undefined);
    return paths.includes(upload.path) ? setReplacing(upload) : void send(upload);
  };
  return (
    <>
      <Flex direction="row" spacing={1} useFlexGap sx={{ flexWrap: "wrap", alignItems: "flex-start" }}>
        <TextField
          size="small"
          label={FILES_LABELS.newPath}
          helperText={FILES_LABELS.newPathHint}
          value={path}
          onChange={({ target }) => setPath(target.value)}
          sx={{ width: 420, maxWidth: "100%" }}
        />
        <ActionButton label={FILES_LABELS.create} obstacle={obstacle} onClick={create} />
        <UploadButton obstacle={obstacle} onChoose={choose} />
      </Flex>
      {mistake !== undefined && (
        <Alert severity="error" onClose={() => setMistake(undefined)}>{mistake}</Alert>
      )}
      {replacing !== undefined && (
        <ConfirmDialog
          title={FILES_LABELS.replaceTitle(replacing.path)}
          action={FILES_LABELS.replaceAction}
          onConfirm={() => void send(replacing)}
          onCancel={() => setReplacing(undefined)}
        >
          <Typography variant="body2">{FILES_LABELS.replaceText}</Typography>
        </ConfirmDialog>
      )}
    </>
  );
}

interface UploadButtonProps {
  readonly obstacle: string | undefined;
  readonly onChoose: (file: File) => void;
}

function UploadButton({ obstacle, onChoose }: UploadButtonProps) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <ActionButton
        label={FILES_LABELS.upload}
        obstacle={obstacle}
        onClick={() => input.current?.click()}
      />
      <input
        ref={input}
        type="file"
        hidden
        aria-label={FILES_LABELS.chooseFile}
        onChange={({ target }) => {
          const [file] = target.files ?? [];
          if (file !== undefined) onChoose(file);
          // The same file can be chosen again.
          target.value = "";
        }}
      />
    </>
  );
}
