import {
  Alert,
  Button,
  Dialog,
  DialogActions,
  DialogContent,
  DialogTitle,
  Stack,
  TextField,
} from "@mui/material";
import { useId, useState } from "react";
import type { HostTest } from "../../../../../../server/protocol/hosts/new_host.ts";
import { useClient } from "../../../lib/client.ts";
import { addressOf, EMPTY_FORM, failureText, type HostForm, newHostOf } from "./host_form.ts";
import { LABELS, OUTCOMES } from "./labels.ts";

/** Props of {@linkcode AddHostDialog}. */
export interface AddHostDialogProps {
  readonly onClose: () => void;
  readonly onAdded: () => void;
}

/** Result of the last request. */
interface Result {
  readonly severity: "success" | "warning" | "error";
  readonly text: string;
}

/** A form for a new host, which can be tested first. */
export function AddHostDialog({ onClose, onAdded }: AddHostDialogProps) {
  const titleId = useId();
  const [form, setForm] = useState<HostForm>(EMPTY_FORM);
  const { result, isWaiting, test, add } = useHostRequests(form, () => {
    onAdded();
    onClose();
  });
  const change = (changes: Partial<HostForm>) => setForm((before) => ({ ...before, ...changes }));
  return (
    <Dialog open onClose={onClose} aria-labelledby={titleId} fullWidth maxWidth="sm">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          add();
        }}
      >
        <DialogTitle id={titleId}>{LABELS.addTitle}</DialogTitle>
        <DialogContent>
          <Stack spacing={1.5} sx={{ pt: 1 }}>
            <Fields form={form} onChange={change} />
            <div role="status">
              {result !== undefined && <Alert severity={result.severity}>{result.text}</Alert>}
            </div>
          </Stack>
        </DialogContent>
        <DialogActions>
          <Button onClick={onClose}>{LABELS.cancel}</Button>
          <Button onClick={test} disabled={isWaiting || form.url === ""}>{LABELS.test}</Button>
          <Button
            type="submit"
            variant="contained"
            disableElevation
            disabled={isWaiting || form.id === "" || form.url === ""}
          >
            {LABELS.add}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}

function useHostRequests(form: HostForm, onAdded: () => void) {
  const { transport } = useClient();
  const [result, setResult] = useState<Result>();
  const [isWaiting, setWaiting] = useState(false);
  const run = async (request: () => Promise<Result | undefined>) => {
    setWaiting(true);
    setResult(undefined);
    try {
      setResult(await request());
    } catch (error) {
      setResult({ severity: "error", text: failureText(error) });
    }
    setWaiting(false);
  };
  const test = () =>
    run(async () => {
      const { outcome } = await transport.ask<HostTest>("/hosts/test", {
        method: "POST",
        body: addressOf(form),
      });
      return { severity: outcome === "connected" ? "success" : "warning", text: OUTCOMES[outcome] };
    });
  const add = () =>
    run(async () => {
      const host = newHostOf(form);
      if (host === undefined) return { severity: "error", text: `${LABELS.labels}: ${LABELS.labelsHelp}` };
      await transport.ask("/hosts", { method: "POST", body: host });
      onAdded();
      return undefined;
    });
  return { result, isWaiting, test, add };
}

interface FieldsProps {
  readonly form: HostForm;
  readonly onChange: (changes: Partial<HostForm>) => void;
}

function Fields({ form, onChange }: FieldsProps) {
  const field = (key: keyof HostForm, label: string, help: string) => ({
    label,
    size: "small" as const,
    value: form[key],
    helperText: help,
    onChange: ({ target }: { readonly target: { readonly value: string } }) =>
      onChange({ [key]: target.value }),
  });
  const pem = (key: "ca" | "cert" | "key", label: string) => (
    <TextField
      {...field(key, label, LABELS.pemHelp)}
      multiline
      maxRows={4}
      slotProps={{ htmlInput: { spellCheck: false, autoComplete: "off" } }}
    />
  );
  return (
    <>
      <TextField {...field("id", LABELS.id, LABELS.idHelp)} required autoFocus />
      <TextField
        {...field("url", LABELS.url, form.url.startsWith("ssh:") ? LABELS.sshHelp : LABELS.urlHelp)}
        required
      />
      <TextField {...field("labels", LABELS.labels, LABELS.labelsHelp)} />
      <TextField {...field("publicName", LABELS.publicName, LABELS.publicNameHelp)} />
      {form.url.startsWith("tcp:") && (
        <>
          {pem("ca", LABELS.ca)}
          {pem("cert", LABELS.cert)}
          {pem("key", LABELS.key)}
        </>
      )}
    </>
  );
}
