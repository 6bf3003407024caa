/** The editor of texts; it is loaded when it is opened, for it weighs more than the rest of the page. */
import { setDiagnostics } from "@codemirror/lint";
import { Compartment, EditorState } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import { Box, useTheme } from "@mui/material";
import type { Theme } from "@mui/material";
import { useEffect, useRef } from "react";
import type { EditorIssue } from "./issues.ts";
import { lineEndOf, withLineEnd } from "./line_ends.ts";
import { behaviourOf, diagnosticsOf, type EditorKind, lockOf, lookOf } from "./text_editor_setup.ts";

/** What an editor can be told to do. */
export interface EditorHandle {
  /** Puts the cursor where an issue stands, and the focus with it. */
  readonly goTo: (issue: EditorIssue) => void;
}

/** Props of {@linkcode TextEditor}. */
export interface TextEditorProps extends EditorKind {
  /** What it begins with; later changes of it count for nothing. */
  readonly initial: string;
  readonly issues: readonly EditorIssue[];
  readonly readOnly: boolean;
  /** Called with the whole text after each change, byte for byte as it was typed. */
  readonly onChange: (text: string) => void;
  readonly onReady: (handle: EditorHandle | undefined) => void;
}

/** An editor of one text. */
export default function TextEditor(
  { initial, issues, readOnly, onChange, onReady, ...kind }: TextEditorProps,
) {
  const parent = useRef<HTMLDivElement>(null);
  const editor = useRef<Editor>();
  const theme = useTheme();
  // The editor keeps the text from here on: it is made once, and told of the rest.
  useEffect(() => {
    const made = new Editor(parent.current!, initial, kind, onChange);
    editor.current = made;
    onReady(made);
    return () => {
      onReady(undefined);
      made[Symbol.dispose]();
    };
  }, []);
  useEffect(() => editor.current?.set({ theme, issues, readOnly }), [theme, issues, readOnly]);
  return <Box ref={parent} sx={{ height: "100%", border: 1, borderColor: "divider" }} />;
}

/** What of an editor can change while it is open. */
interface EditorProps {
  readonly theme: Theme;
  readonly issues: readonly EditorIssue[];
  readonly readOnly: boolean;
}

/** CodeMirror with one text in it. */
class Editor implements EditorHandle, Disposable {
  readonly #view: EditorView;
  readonly #changeable = new Compartment();
  #props: EditorProps | undefined;

  constructor(
    parent: HTMLElement,
    text: string,
    readonly kind: EditorKind,
    readonly onChange: (text: string) => void,
  ) {
    this.#view = new EditorView({ parent, state: this.#stateOf(text) });
  }

  set(props: EditorProps): void {
    this.#props = props;
    const { theme, issues, readOnly } = props;
    this.#view.dispatch({ effects: this.#changeable.reconfigure([lookOf(theme), lockOf(readOnly)]) });
    this.#view.dispatch(setDiagnostics(this.#view.state, diagnosticsOf(issues, this.#view.state.doc)));
  }

  readonly goTo = (issue: EditorIssue): void => {
    const [found] = diagnosticsOf([issue], this.#view.state.doc);
    if (found !== undefined) this.#view.dispatch({ selection: { anchor: found.from }, scrollIntoView: true });
    this.#view.focus();
  };

  [Symbol.dispose](): void {
    this.#view.destroy();
  }

  #stateOf(text: string): EditorState {
    return EditorState.create({
      doc: text,
      extensions: [
        behaviourOf(this.kind),
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

  /** A text that is pasted where none is keeps its own line ends. */
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
