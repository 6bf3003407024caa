import { Alert, Box, Typography } from "@mui/material";
import { useState } from "react";
import type { TerminalFacts, TerminalStart } from "../../../../../../server/protocol/terminal/frames.ts";
import { ActionButton } from "../../../components/action_button.tsx";
import { MONOSPACE } from "../../../components/design/tokens.ts";
import { LABELS } from "../../../components/labels.ts";
import { copyText } from "../../../lib/browser/clipboard.ts";
import { TERMINAL_LABELS } from "./labels.ts";
import { TerminalForm } from "./terminal_form.tsx";
import type { ShownSession } from "./terminal_screen.tsx";
import type { SessionState } from "./terminal_session.ts";

/** Props of {@linkcode TerminalBar}. */
export interface TerminalBarProps {
  readonly facts: TerminalFacts | undefined;
  /** Reason why no session can be opened now. */
  readonly obstacle: string | undefined;
  /** Command of the last session; `undefined` before the first. */
  readonly command: Pick<TerminalStart, "cmd" | "user"> | undefined;
  readonly state: SessionState | undefined;
  readonly shown: ShownSession | undefined;
  readonly onOpen: (command: Pick<TerminalStart, "cmd" | "user">) => void;
}

/** The controls above a terminal: the running session, or its end and the next one. */
export function TerminalBar({ facts, obstacle, command, state, shown, onOpen }: TerminalBarProps) {
  const isRunning = command !== undefined && state?.phase !== "ended";
  if (isRunning) return <RunningBar command={command} state={state} shown={shown} />;
  const reaches = facts?.reachesHost ?? [];
  return (
    <Box sx={{ display: "grid", gap: 1 }}>
      {state?.phase === "ended" && (
        <Alert severity={state.kind === undefined ? "info" : "warning"} role="status">{state.reason}</Alert>
      )}
      {reaches.length > 0 && (
        <Alert severity="warning">{`${TERMINAL_LABELS.reaches} it ${reaches.join(", ")}.`}</Alert>
      )}
      {obstacle === undefined
        ? (
          <TerminalForm
            imageUser={facts?.user ?? null}
            needsCommand={state?.phase === "ended" && state.kind === "command-not-found"}
            action={command === undefined ? TERMINAL_LABELS.open : TERMINAL_LABELS.reconnect}
            onOpen={onOpen}
          />
        )
        : <Typography color="text.secondary">{obstacle}</Typography>}
    </Box>
  );
}

function RunningBar({ command, state, shown }: Pick<TerminalBarProps, "command" | "state" | "shown">) {
  const [copied, setCopied] = useState("");
  const program = command?.cmd.join(" ") || TERMINAL_LABELS.automatic;
  const copy = async () => {
    const isCopied = await copyText(shown?.terminal.getSelection() ?? "");
    setCopied(isCopied ? LABELS.copied : LABELS.copyFailed);
    shown?.terminal.focus();
  };
  return (
    <Box sx={{ display: "flex", gap: 1, alignItems: "center", minWidth: 0 }}>
      <Typography variant="body2" noWrap sx={{ flex: "1 1 0", fontFamily: MONOSPACE }} title={program}>
        {state?.phase === "open" ? program : TERMINAL_LABELS.opening}
      </Typography>
      <ActionButton label={TERMINAL_LABELS.copy} help={copied} onClick={copy} />
      <ActionButton
        label={TERMINAL_LABELS.end}
        onClick={() => shown?.session[Symbol.dispose]()}
      />
    </Box>
  );
}
