import { Button, MenuItem, TextField } from "@mui/material";
import { type FormEvent, useEffect, useState } from "react";
import type { TerminalStart } from "../../../../../../server/protocol/terminal/frames.ts";
import { SHELLS, toCommand } from "./command_text.ts";
import { TERMINAL_LABELS } from "./labels.ts";

/** Value of the choice for a typed command. */
const OTHER = "other";

/** Props of {@linkcode TerminalForm}. */
export interface TerminalFormProps {
  /** User of the image; `null` for root. */
  readonly imageUser: string | null;
  /** True when the image has no shell, so that a command is needed. */
  readonly needsCommand: boolean;
  readonly action: string;
  readonly onOpen: (start: Pick<TerminalStart, "cmd" | "user">) => void;
}

/** The command and the user of a terminal. Nothing runs before the button is pressed. */
export function TerminalForm({ imageUser, needsCommand, action, onOpen }: TerminalFormProps) {
  const [shell, setShell] = useState<string>("");
  const [command, setCommand] = useState("");
  const [user, setUser] = useState("");
  useEffect(() => {
    if (needsCommand) setShell(OTHER);
  }, [needsCommand]);
  const cmd = shell === OTHER ? toCommand(command) : shell === "" ? [] : [shell];
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onOpen({ cmd, user: user.trim() || null });
  };
  return (
    <form onSubmit={submit} style={{ display: "flex", flexWrap: "wrap", gap: 8, alignItems: "center" }}>
      <ShellField value={shell} onChange={setShell} />
      {shell === OTHER && (
        <PlainField
          label={TERMINAL_LABELS.command}
          help={TERMINAL_LABELS.commandHelp}
          value={command}
          onChange={setCommand}
          isFocused
        />
      )}
      <PlainField
        label={TERMINAL_LABELS.user}
        help={TERMINAL_LABELS.userHelp}
        placeholder={imageUser ?? "root"}
        value={user}
        onChange={setUser}
      />
      <Button
        type="submit"
        variant="contained"
        disableElevation
        disabled={shell === OTHER && cmd.length === 0}
      >
        {action}
      </Button>
    </form>
  );
}

interface ShellFieldProps {
  readonly value: string;
  readonly onChange: (value: string) => void;
}

function ShellField({ value, onChange }: ShellFieldProps) {
  return (
    <TextField
      select
      size="small"
      label={TERMINAL_LABELS.shell}
      value={value}
      onChange={({ target }) => onChange(target.value)}
      SelectProps={{ displayEmpty: true }}
      InputLabelProps={{ shrink: true }}
      sx={{ minWidth: 180 }}
    >
      {SHELLS.map((name) => (
        <MenuItem key={name} value={name}>{name === "" ? TERMINAL_LABELS.automatic : name}</MenuItem>
      ))}
      <MenuItem value={OTHER}>{TERMINAL_LABELS.other}</MenuItem>
    </TextField>
  );
}

interface PlainFieldProps {
  readonly label: string;
  readonly help: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly placeholder?: string;
  readonly isFocused?: boolean;
}

/** A field whose text the browser neither corrects nor remembers. */
function PlainField({ label, help, value, onChange, placeholder = "", isFocused = false }: PlainFieldProps) {
  return (
    <TextField
      size="small"
      label={label}
      title={help}
      placeholder={placeholder}
      value={value}
      onChange={({ target }) => onChange(target.value)}
      InputLabelProps={{ shrink: true }}
      inputProps={{ spellCheck: false, autoCapitalize: "off", autoComplete: "off" }}
      autoFocus={isFocused}
      sx={{ width: 160 }}
    />
  );
}
