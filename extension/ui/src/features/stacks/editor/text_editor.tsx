/** Text editor. It is larger than the rest of the page and therefore loaded on demand. */
import { setDiagnostics } from "@codemirror/lint";
import { Compartment, EditorState, type Extension } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import { Box, useTheme } from "@mui/material";
import type { Theme } from "@mui/material";
import { useEffect, useRef } from "react";
import { type EditorIssue, rangeOf } from "./issues.ts";
import { composeLanguage, type TagsOf } from "./language/compose_language.ts";
import { lineEndOf, withLineEnd } from "./line_ends.ts";
import {
  diagnosticsOf,
  editingExtension,
  type EditorKind,
  readOnlyExtension,
  themeExtension,
} from "./text_editor_setup.ts";

/** Commands of an open editor. */
export interface EditorHandle {
  /** Moves the cursor to an issue, and focuses the editor. */
  readonly goTo: (issue: Pick<EditorIssue, "line" | "column">) => void;
  /** Replaces the whole text; one undo restores it. */
  readonly replace: (text: string) => void;
}

/** Props of {@linkcode TextEditor}. */
export interface TextEditorProps extends EditorKind {
  /** Initial text; later changes of this prop are ignored. */
  readonly initial: string;
  readonly issues: readonly EditorIssue[];
  readonly readOnly: boolean;
  /** Environment text of a compose file, which is completed; `undefined` for other files. */
  readonly environment?: string | undefined;
  /** Tags of images in a compose file. */
  readonly tagsOf?: TagsOf | undefined;
  /** Called with the whole text after each change, byte for byte. */
  readonly onChange: (text: string) => void;
  readonly onReady: (handle: EditorHandle | undefined) => void;
}

const NO_TAGS: TagsOf = () => Promise.resolve([]);

/** Editor of one text. */
export default function TextEditor(
  { initial, issues, readOnly, environment, tagsOf = NO_TAGS, onChange, onReady, ...kind }: TextEditorProps,
) {
  const parent = useRef<HTMLDivElement>(null);
  const editor = useRef<Editor>();
  const newest = useRef(environment);
  newest.current = environment;
  const theme = useTheme();
  // The editor owns the text from here on: it is created once, and later changes are set on it.
  useEffect(() => {
    const language = newest.current === undefined ? [] : composeLanguage(() => newest.current ?? "", tagsOf);
    const created = new Editor(parent.current!, initial, [editingExtension(kind), language], onChange);
    editor.current = created;
    onReady(created);
    return () => {
      onReady(undefined);
      created[Symbol.dispose]();
    };
  }, []);
  useEffect(() => editor.current?.set({ theme, issues, readOnly }), [theme, issues, readOnly]);
  return <Box ref={parent} sx={{ height: "100%", border: 1, borderColor: "divider" }} />;
}

/** Properties of an open editor that can change. */
interface EditorProps {
  readonly theme: Theme;
  readonly issues: readonly EditorIssue[];
  readonly readOnly: boolean;
}

/** CodeMirror view of one text. */
class Editor implements EditorHandle, Disposable {
  readonly #view: EditorView;
  readonly #changeable = new Compartment();
  #props: EditorProps | undefined;

  constructor(
    parent: HTMLElement,
    text: string,
    readonly editing: Extension,
    readonly onChange: (text: string) => void,
  ) {
    this.#view = new EditorView({ parent, state: this.#stateOf(text) });
  }

  set(props: EditorProps): void {
    this.#props = props;
    const { theme, issues, readOnly } = props;
    this.#view.dispatch({
      effects: this.#changeable.reconfigure([themeExtension(theme), readOnlyExtension(readOnly)]),
    });
    this.#view.dispatch(setDiagnostics(this.#view.state, diagnosticsOf(issues, this.#view.state.doc)));
  }

  readonly goTo = (issue: Pick<EditorIssue, "line" | "column">): void => {
    const { from } = rangeOf(issue, this.#view.state.doc);
    this.#view.dispatch({ selection: { anchor: from }, scrollIntoView: true });
    this.#view.focus();
  };

  readonly replace = (text: string): void => {
    const { doc, lineBreak } = this.#view.state;
    const insert = withLineEnd(text, lineEndOf(lineBreak));
    this.#view.dispatch({ changes: { from: 0, to: doc.length, insert } });
  };

  [Symbol.dispose](): void {
    this.#view.destroy();
  }

  #stateOf(text: string): EditorState {
    return EditorState.create({
      doc: text,
      extensions: [
        this.editing,
        this.#changeable.of([]),
        EditorState.lineSeparator.of(lineEndOf(text)),
        EditorView.clipboardInputFilter.of((pasted, state) =>
          withLineEnd(pasted, lineEndOf(state.lineBreak))
        ),
        EditorView.domEventHandlers({
          paste: (event) => this.#pasted(event.clipboardData?.getData("text/plain") ?? ""),
        }),
        EditorView.updateListener.of((update) => {
          if (update.docChanged) this.onChange(update.state.sliceDoc());
        }),
      ],
    });
  }

  /** Handles a paste into an empty editor: the pasted text keeps its line ends. */
  #pasted(text: string): boolean {
    const { state } = this.#view;
    if (state.readOnly || state.doc.length > 0 || lineEndOf(text) === lineEndOf(state.lineBreak)) {
      return false;
    }
    this.#view.setState(this.#stateOf(text));
    if (this.#props !== undefined) this.set(this.#props);
    this.onChange(this.#view.state.sliceDoc());
    return true;
  }
}
