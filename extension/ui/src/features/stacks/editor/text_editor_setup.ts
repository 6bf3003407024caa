/** Extensions of the text editor. */
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { yaml } from "@codemirror/lang-yaml";
import {
  bracketMatching,
  HighlightStyle,
  indentOnInput,
  indentUnit,
  syntaxHighlighting,
} from "@codemirror/language";
import { type Diagnostic, lintGutter, lintKeymap } from "@codemirror/lint";
import { highlightSelectionMatches, searchKeymap } from "@codemirror/search";
import { EditorState, type Extension, type Text } from "@codemirror/state";
import {
  drawSelection,
  EditorView,
  highlightActiveLineGutter,
  highlightSpecialChars,
  keymap,
  lineNumbers,
  placeholder,
} from "@codemirror/view";
import { tags } from "@lezer/highlight";
import type { Theme } from "@mui/material";
import { type EditorIssue, rangeOf } from "./issues.ts";

/** Purpose of an editor. */
export interface EditorKind {
  readonly language: "yaml" | "env";
  /** Id of the element that labels it. */
  readonly labelledBy: string;
  /** Id of the element that describes how to use it. */
  readonly describedBy: string;
  readonly placeholder: string;
}

/** Returns the editing features. Tab is not bound, so that keyboard users can leave the editor. */
export function editingExtension(
  { language, labelledBy, describedBy, placeholder: example }: EditorKind,
): Extension {
  return [
    lineNumbers(),
    lintGutter(),
    history(),
    drawSelection(),
    highlightSpecialChars(),
    highlightActiveLineGutter(),
    highlightSelectionMatches(),
    bracketMatching(),
    indentOnInput(),
    indentUnit.of("  "),
    placeholder(example),
    language === "yaml" ? yaml() : [],
    keymap.of([...historyKeymap, ...searchKeymap, ...lintKeymap, ...defaultKeymap]),
    EditorView.contentAttributes.of({
      ...{ "aria-labelledby": labelledBy, "aria-describedby": describedBy },
      // Without it, programs that check pages do not see that the keyboard can scroll a wide text.
      tabindex: "0",
    }),
  ];
}

/** Makes the text editable or read-only; a read-only text can still be copied. */
export function readOnlyExtension(readOnly: boolean): Extension {
  return [
    EditorState.readOnly.of(readOnly),
    EditorView.contentAttributes.of({ "aria-readonly": String(readOnly) }),
  ];
}

/** Returns styles in the colors of the page's theme. */
export function themeExtension({ palette }: Theme): Extension {
  const highlighting = HighlightStyle.define([
    { tag: [tags.propertyName, tags.definition(tags.propertyName)], color: palette.primary.main },
    { tag: tags.string, color: palette.success.main },
    {
      tag: [tags.number, tags.bool, tags.null, tags.keyword, tags.typeName, tags.labelName],
      color: palette.warning.main,
    },
    { tag: [tags.comment, tags.meta], color: palette.text.secondary, fontStyle: "italic" },
    { tag: tags.invalid, color: palette.error.main },
  ]);
  const chrome = { backgroundColor: palette.background.paper, color: palette.text.primary };
  const styles = EditorView.theme({
    "&": { ...chrome, height: "100%", fontSize: "13px" },
    "&.cm-focused": { outline: `2px solid ${palette.primary.main}`, outlineOffset: "1px" },
    ".cm-content": { caretColor: palette.text.primary },
    ".cm-cursor": { borderLeftColor: palette.text.primary },
    ".cm-gutters": { ...chrome, color: palette.text.secondary, borderRight: `1px solid ${palette.divider}` },
    ".cm-activeLineGutter": { ...chrome, fontWeight: "bold" },
    "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground": {
      backgroundColor: palette.action.focus,
    },
    ".cm-placeholder": { color: palette.text.secondary, fontStyle: "italic", whiteSpace: "pre" },
    ".cm-specialChar": { color: palette.error.main },
    ".cm-panels, .cm-tooltip": { ...chrome, borderColor: palette.divider },
    ".cm-panel button, .cm-panel input": {
      ...chrome,
      backgroundImage: "none",
      border: `1px solid ${palette.divider}`,
    },
    ".cm-hover": { maxWidth: "420px", padding: "4px 8px" },
    ".cm-tooltip-autocomplete > ul > li[aria-selected]": {
      backgroundColor: palette.primary.main,
      color: palette.primary.contrastText,
    },
    ".cm-completionInfo": { maxWidth: "320px" },
    ".cm-diagnostic-error": { borderLeftColor: palette.error.main },
    ".cm-diagnostic-warning": { borderLeftColor: palette.warning.main },
  }, { dark: palette.mode === "dark" });
  return [styles, syntaxHighlighting(highlighting)];
}

/** Returns the issues of a text with their ranges. */
export function diagnosticsOf(issues: readonly EditorIssue[], text: Text): Diagnostic[] {
  return issues.filter(({ line }) => line !== undefined).map((issue) => ({
    ...rangeOf(issue, text),
    severity: issue.severity,
    message: issue.message,
  }));
}
