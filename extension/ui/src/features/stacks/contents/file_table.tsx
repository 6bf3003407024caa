import {
  Link,
  Paper,
  Stack as Flex,
  Table,
  TableBody,
  TableCell,
  TableContainer,
  TableHead,
  TableRow,
  Typography,
} from "@mui/material";
import { useState } from "react";
import type { StackFile } from "../../../../../../server/protocol/stack_files.ts";
import { ActionIcon } from "../../../components/action_button.tsx";
import { ConfirmDialog } from "../../../components/confirm_dialog.tsx";
import { DeleteIcon, DownloadIcon } from "../../../components/icons.tsx";
import { download } from "../../../lib/browser/download.ts";
import { formatBytes } from "../../../lib/format.ts";
import { hrefTo } from "../../../lib/route.ts";
import { FILES_LABELS } from "../model/labels_contents.ts";
import { TABLE_STYLE } from "../parts/table_style.ts";
import { ToneMark } from "../parts/tone_mark.tsx";
import type { Task } from "../parts/use_task.ts";

/** Props of {@linkcode FileTable}. */
export interface FileTableProps {
  readonly stackId: number;
  readonly files: readonly StackFile[];
  readonly task: Task;
  /** Reason why no file can be deleted. */
  readonly obstacle: string | undefined;
  readonly onRead: (path: string) => Promise<Uint8Array>;
  readonly onRemove: (path: string) => void;
}

/** Table of the files of a stack. */
export function FileTable({ files, onRemove, ...props }: FileTableProps) {
  const [removing, setRemoving] = useState<string>();
  const confirm = () => {
    setRemoving(undefined);
    onRemove(removing!);
  };
  return (
    <TableContainer component={Paper} variant="outlined">
      <Table size="small" aria-label={FILES_LABELS.title} sx={TABLE_STYLE}>
        <TableHead>
          <TableRow>
            <TableCell>{FILES_LABELS.path}</TableCell>
            <TableCell sx={{ width: 110 }}>{FILES_LABELS.size}</TableCell>
            <TableCell align="right" sx={{ width: 110 }}>{FILES_LABELS.actions}</TableCell>
          </TableRow>
        </TableHead>
        <TableBody>
          {files.map((file) => <FileRow key={file.path} {...props} file={file} onRemove={setRemoving} />)}
        </TableBody>
      </Table>
      {removing !== undefined && (
        <ConfirmDialog
          title={FILES_LABELS.removeTitle(removing)}
          action={FILES_LABELS.removeAction}
          onConfirm={confirm}
          onCancel={() => setRemoving(undefined)}
        >
          <Typography variant="body2">{FILES_LABELS.removeText}</Typography>
        </ConfirmDialog>
      )}
    </TableContainer>
  );
}

interface FileRowProps extends Omit<FileTableProps, "files"> {
  readonly file: StackFile;
}

function FileRow({ stackId, file: { path, size }, task, obstacle, onRead, onRemove }: FileRowProps) {
  const save = async () => download(path.slice(path.lastIndexOf("/") + 1), await onRead(path));
  return (
    <TableRow>
      <TableCell component="th" scope="row" sx={{ overflowWrap: "anywhere" }}>
        <Link href={hrefTo("stacks", stackId, size === null ? "new-file" : "files", path)}>{path}</Link>
      </TableCell>
      <TableCell>
        {size === null
          ? <ToneMark word={FILES_LABELS.missing} tone="bad" meaning={FILES_LABELS.missingHint} />
          : formatBytes(size)}
      </TableCell>
      <TableCell align="right">
        {size !== null && (
          <Flex direction="row" sx={{ justifyContent: "flex-end" }}>
            <ActionIcon
              label={FILES_LABELS.download(path)}
              help={FILES_LABELS.downloadHelp}
              icon={<DownloadIcon fontSize="small" />}
              onClick={() => task.run(save)}
            />
            <ActionIcon
              label={FILES_LABELS.remove(path)}
              help={FILES_LABELS.removeHelp}
              icon={<DeleteIcon fontSize="small" />}
              obstacle={obstacle}
              onClick={() => onRemove(path)}
            />
          </Flex>
        )}
      </TableCell>
    </TableRow>
  );
}
