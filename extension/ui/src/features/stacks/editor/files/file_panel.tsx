import { Skeleton, Stack as Flex } from "@mui/material";
import { useEffect } from "react";
import { ActionButton } from "../../../../components/action_button.tsx";
import { EmptyState } from "../../../../components/empty_state.tsx";
import { download } from "../../../../lib/browser/download.ts";
import { languageOf } from "../../model/file_texts.ts";
import { FILE_LABELS } from "../../model/labels_contents.ts";
import { FILE_TAB_LABELS, OVERRIDE_PATH } from "../../model/plan/labels_files.ts";
import type { StackFeed } from "../../model/stack_feed.ts";
import { useLoaded } from "../../parts/use_loaded.ts";
import { TextFieldset } from "../text_fieldset.tsx";
import { type EditedFile, type FileContent, isEdited } from "./edited_files.ts";
import { storedContent } from "./stored_content.ts";
import type { FileList } from "./use_file_list.ts";

/** Props of {@linkcode FilePanel}. */
export interface FilePanelProps {
  readonly feed: StackFeed;
  readonly stackId: number | undefined;
  readonly path: string;
  /** `undefined` until it is loaded. */
  readonly file: EditedFile | undefined;
  readonly list: FileList;
  /** Reason why the file cannot be changed. */
  readonly obstacle: string | undefined;
  readonly isLocked: boolean;
  /** CSS. */
  readonly height: string;
  readonly onRename: () => void;
  readonly onRemove: () => void;
}

/** One further file of a stack: a text to edit, or bytes to download. */
export function FilePanel(props: FilePanelProps) {
  const { path, file, list, isLocked, height } = props;
  if (file?.content === undefined) return <Loading {...props} />;
  return (
    <Flex spacing={1}>
      <Flex direction="row" spacing={1} sx={{ justifyContent: "flex-end" }}>
        <Actions {...props} />
      </Flex>
      {typeof file.content === "string"
        ? (
          <TextFieldset
            label={path}
            hint={FILE_LABELS.hint}
            placeholder=""
            language={languageOf(path)}
            text={file.content}
            readOnly={isLocked}
            issues={[]}
            height={height}
            onChange={(text) => list.edit(path, text)}
          />
        )
        : <NotText path={path} bytes={file.content} isUnstored={isEdited(file)} />}
    </Flex>
  );
}

/** Loads the file once, so that changes by other clients never replace typed text. */
function Loading({ feed, stackId, path, list, obstacle }: FilePanelProps) {
  const { value, failure } = useLoaded(feed, `${stackId} ${path}`, async (signal) => ({
    content: await storedContent(feed.contents, stackId!, path, signal),
  }));
  const content: FileContent | undefined = value?.content;
  useEffect(() => {
    if (content !== undefined) list.opened(path, content);
  }, [content]);
  if (failure !== undefined) return <EmptyState title={FILE_LABELS.notLoaded}>{failure}</EmptyState>;
  if (value === undefined || content !== undefined) return <Skeleton variant="rounded" height={320} />;
  const isOverride = path === OVERRIDE_PATH;
  return (
    <EmptyState title={isOverride ? FILE_TAB_LABELS.noOverride : FILE_TAB_LABELS.missing}>
      <p>{isOverride ? FILE_TAB_LABELS.noOverrideHint : FILE_TAB_LABELS.missingHint}</p>
      <ActionButton label={FILE_TAB_LABELS.create} obstacle={obstacle} onClick={() => list.add(path)} />
    </EmptyState>
  );
}

function Actions({ path, obstacle, onRename, onRemove }: FilePanelProps) {
  return (
    <>
      {path !== OVERRIDE_PATH && (
        <ActionButton label={FILE_TAB_LABELS.rename} variant="text" obstacle={obstacle} onClick={onRename} />
      )}
      <ActionButton label={FILE_TAB_LABELS.remove} variant="text" obstacle={obstacle} onClick={onRemove} />
    </>
  );
}

interface NotTextProps {
  readonly path: string;
  readonly bytes: Uint8Array;
  /** True for bytes that only this page has. */
  readonly isUnstored: boolean;
}

function NotText({ path, bytes, isUnstored }: NotTextProps) {
  return (
    <EmptyState title={FILE_LABELS.notText}>
      <p>{isUnstored ? FILE_TAB_LABELS.unstored : FILE_LABELS.notTextHint}</p>
      <ActionButton
        label={FILE_LABELS.download}
        onClick={() => download(path.slice(path.lastIndexOf("/") + 1), bytes)}
      />
    </EmptyState>
  );
}
