import { Typography } from "@mui/material";
import { ConfirmDialog } from "../../../../components/confirm_dialog.tsx";
import { FILES_LABELS } from "../../model/labels_contents.ts";
import { FILE_TAB_LABELS } from "../../model/plan/labels_files.ts";
import { PathDialog } from "./path_dialog.tsx";
import type { FileList } from "./use_file_list.ts";

/** Action on a file that needs an answer first. */
export type FileAction =
  | { readonly kind: "add" }
  | { readonly kind: "rename" | "remove"; readonly path: string };

/** Props of {@linkcode FileQuestion}. */
export interface FileQuestionProps {
  readonly asked: FileAction;
  readonly list: FileList;
  readonly onOpen: (path: string) => void;
  readonly onEnd: () => void;
}

/** Dialog of an action: asks for a path or a confirmation. */
export function FileQuestion({ asked, list, onOpen, onEnd }: FileQuestionProps) {
  if (asked.kind === "remove") {
    const remove = () => {
      onEnd();
      list.remove(asked.path);
    };
    return (
      <ConfirmDialog
        title={FILES_LABELS.removeTitle(asked.path)}
        action={FILES_LABELS.removeAction}
        onConfirm={remove}
        onCancel={onEnd}
      >
        <Typography variant="body2">{FILE_TAB_LABELS.removeUnsaved}</Typography>
      </ConfirmDialog>
    );
  }
  const { title, action, initial } = asked.kind === "add"
    ? { title: FILE_TAB_LABELS.addTitle, action: FILE_TAB_LABELS.addAction, initial: "" }
    : {
      title: FILE_TAB_LABELS.renameTitle(asked.path),
      action: FILE_TAB_LABELS.renameAction,
      initial: asked.path,
    };
  const use = (path: string) => {
    onEnd();
    if (asked.kind === "rename") return list.rename(asked.path, path, () => onOpen(path));
    list.add(path);
    onOpen(path);
  };
  return <PathDialog {...{ title, action, initial, taken: list.taken, onPath: use }} onCancel={onEnd} />;
}
