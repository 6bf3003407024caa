import { Box, Button, styled, TextField } from "@mui/material";
import { type FormEvent, useState } from "react";
import { COLORS } from "../../components/design/tokens.ts";
import type { BrowserTransport } from "../../lib/transport/browser_transport.ts";
import { reasonOf } from "../../lib/transport/transport.ts";
import { LABELS } from "../labels.ts";

/** Props of {@linkcode SignInForm}. */
export interface SignInFormProps {
  readonly transport: BrowserTransport;
  /** Sentence that explains what the token is for. */
  readonly text: string;
}

/** Form that takes the token, and then loads the page again. */
export default function SignInForm({ transport, text }: SignInFormProps) {
  const [failure, setFailure] = useState<string>();
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const token = String(new FormData(event.currentTarget).get("token") ?? "").trim();
    try {
      await transport.signIn(token);
      location.reload();
    } catch (error) {
      setFailure(reasonOf(error));
    }
  };
  return (
    <Form onSubmit={submit}>
      <Box component="p">{text}</Box>
      <TextField
        name="token"
        type="password"
        label={LABELS.token}
        size="small"
        required
        fullWidth
        autoFocus
        autoComplete="off"
        error={failure !== undefined}
        helperText={failure}
        slotProps={{ formHelperText: { role: "alert" }, inputLabel: { required: false } }}
      />
      <Button type="submit" variant="contained" fullWidth>{LABELS.signIn}</Button>
    </Form>
  );
}

const Form = styled("form")({
  display: "flex",
  flexDirection: "column",
  gap: 12,
  "& p": { margin: 0, color: COLORS.inkMuted },
  "& .MuiButton-root": { minHeight: 32 },
});
