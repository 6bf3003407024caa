import { Alert, Box, Button, Stack as Flex, TextField } from "@mui/material";
import { type FormEvent, useState } from "react";
import type { BrowserTransport } from "../lib/transport/browser_transport.ts";
import { reasonOf } from "../lib/transport/transport.ts";
import { LABELS } from "./labels.ts";

/** Props of {@linkcode SignInForm}. */
export interface SignInFormProps {
  readonly transport: BrowserTransport;
  /** Sentence that explains what the token is for. */
  readonly text: string;
}

/** Form that takes the token. */
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
    <Alert severity={failure === undefined ? "info" : "error"} sx={{ py: 0, borderRadius: 0 }}>
      <Flex
        component="form"
        direction="row"
        spacing={1.5}
        useFlexGap
        onSubmit={submit}
        sx={{ alignItems: "center", flexWrap: "wrap" }}
      >
        <Box component="span" sx={{ flex: "0 1 auto" }}>
          {failure ?? text}
        </Box>
        <TextField
          name="token"
          type="password"
          label={LABELS.token}
          size="small"
          required
          autoComplete="off"
          sx={{ width: 150 }}
        />
        <Button type="submit" size="small" variant="outlined" color="inherit">{LABELS.signIn}</Button>
      </Flex>
    </Alert>
  );
}
