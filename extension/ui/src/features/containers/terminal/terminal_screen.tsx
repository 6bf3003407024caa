import "@xterm/xterm/css/xterm.css";
import { Box, Typography } from "@mui/material";
import { useEffect, useRef, useState } from "react";
import type { TerminalStart } from "../../../../../../server/protocol/terminal/frames.ts";
import { ConfirmDialog } from "../../../components/confirm_dialog.tsx";
import { COLORS, MONOSPACE } from "../../../components/design/tokens.ts";
import { barKey, controlled } from "./keys.ts";
import { KeyBar } from "./key_bar.tsx";
import { TERMINAL_LABELS } from "./labels.ts";
import { lineCount } from "./pasted_text.ts";
import type { OpenSocket, TerminalSession } from "./terminal_session.ts";
import { type ShownTerminal, useTerminal } from "./use_terminal.ts";

/** A session, and the terminal that shows it. */
export interface ShownSession {
  readonly session: TerminalSession;
  readonly terminal: ShownTerminal["terminal"];
}

/** Props of {@linkcode TerminalScreen}. */
export interface TerminalScreenProps {
  /** Name of the container. */
  readonly name: string;
  readonly open: OpenSocket;
  /** The command; a new object starts a new session. */
  readonly command: Pick<TerminalStart, "cmd" | "user">;
  readonly onSession: (session: ShownSession) => void;
}

/** Text that the user must confirm before it is used. */
interface Question {
  readonly kind: "paste" | "link";
  readonly text: string;
}

/** The screen of a terminal. It keeps its content when its session ends. */
export default function TerminalScreen({ name, open, command, onSession }: TerminalScreenProps) {
  const element = useRef<HTMLDivElement>(null);
  const [question, setQuestion] = useState<Question>();
  const [isControl, setControl] = useState(false);
  const shown = useTerminal(element, name, {
    onPaste: (text) =>
      text.includes("\n") ? setQuestion({ kind: "paste", text }) : shown?.terminal.paste(text),
    onLink: (text) => setQuestion({ kind: "link", text }),
    onType: (text) => {
      setControl(false);
      return isControl ? controlled(text) : text;
    },
  });
  useEffect(() => {
    if (shown !== undefined) onSession({ session: shown.start(open, command), terminal: shown.terminal });
  }, [shown, command]);
  const answer = (isAccepted: boolean) => {
    setQuestion(undefined);
    if (isAccepted && question?.kind === "paste") shown?.terminal.paste(question.text);
    if (isAccepted && question?.kind === "link") {
      globalThis.open(question.text, "_blank", "noopener,noreferrer");
    }
    shown?.terminal.focus();
  };
  return (
    <>
      <Box
        sx={{
          flex: "1 1 0",
          minHeight: 0,
          border: `1px solid ${COLORS.line}`,
          borderRadius: 1,
          backgroundColor: COLORS.panel,
          p: 0.75,
          "&:focus-within": { borderColor: COLORS.accent },
        }}
      >
        <Box ref={element} title={TERMINAL_LABELS.leave} sx={{ height: "100%", overflow: "hidden" }} />
      </Box>
      <KeyBar
        isControl={isControl}
        onControl={setControl}
        onKey={(text) => shown?.type(barKey(text, shown.terminal.modes.applicationCursorKeysMode))}
      />
      {question !== undefined && <Ask question={question} onAnswer={answer} />}
    </>
  );
}

interface AskProps {
  readonly question: Question;
  readonly onAnswer: (isAccepted: boolean) => void;
}

function Ask({ question: { kind, text }, onAnswer }: AskProps) {
  const isPaste = kind === "paste";
  return (
    <ConfirmDialog
      title={isPaste ? TERMINAL_LABELS.pasteTitle : TERMINAL_LABELS.linkTitle}
      action={isPaste ? TERMINAL_LABELS.paste : TERMINAL_LABELS.openLink}
      width="sm"
      onConfirm={() => onAnswer(true)}
      onCancel={() => onAnswer(false)}
    >
      {isPaste && <Typography>{TERMINAL_LABELS.pasteText(lineCount(text))}</Typography>}
      <Box
        component="pre"
        tabIndex={0}
        sx={{
          font: `12px/18px ${MONOSPACE}`,
          m: 0,
          mt: 1,
          p: 1,
          maxHeight: 200,
          overflow: "auto",
          backgroundColor: COLORS.canvas,
          whiteSpace: "pre-wrap",
          overflowWrap: "anywhere",
        }}
      >
        {shortened(text)}
      </Box>
    </ConfirmDialog>
  );
}

/** Longest text that a question shows; a paste may have any length. */
const LONGEST = 4000;

function shortened(text: string): string {
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}
