import { Alert, Box, Button, Stack as Flex, TextField } from "@mui/material";
import { type FormEvent, useState } from "react";
import { useAbout, useClient } from "../lib/client.ts";
import { BrowserTransport } from "../lib/transport/browser_transport.ts";
import { SIGN_IN_TO_CHANGE, SIGN_IN_TO_VIEW } from "./labels.ts";

/** What is true for every view: that it is a demo, and what cannot be done from here. */
export function AccessNotice() {
  return (
    <>
      {useAbout()?.simulated && (
        <Alert severity="info" sx={{ py: 0 }}>
          This is a demo: all of these containers are made up, and there are no stacks.
        </Alert>
      )}
      <RightsNotice />
    </>
  );
}

/** Says what cannot be done, and how it can: on a server that only lets look, the token opens the rest. */
function RightsNotice() {
  const about = useAbout();
  const { transport } = useClient();
  if (about?.readOnly) {
    return (
      <Alert severity="info" sx={{ py: 0 }}>This server runs with --read-only: nothing can be changed.</Alert>
    );
  }
  if (about === undefined || about.access === "full" || !(transport instanceof BrowserTransport)) return null;
  return <SignIn transport={transport} mayView={about.access === "view"} />;
}

interface SignInProps {
  readonly transport: BrowserTransport;
  readonly mayView: boolean;
}

function SignIn({ transport, mayView }: SignInProps) {
  const [failure, setFailure] = useState<string>();
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const token = String(new FormData(event.currentTarget).get("token") ?? "").trim();
    try {
      await transport.signIn(token);
      location.reload();
    } catch (error) {
      setFailure(error instanceof Error ? error.message : String(error));
    }
  };
  return (
    <Alert severity={failure === undefined ? "info" : "error"} sx={{ py: 0 }}>
      <Flex
        component="form"
        direction="row"
        spacing={1.5}
        useFlexGap
        onSubmit={submit}
        sx={{ alignItems: "center", flexWrap: "wrap" }}
      >
        <Box component="span" sx={{ flex: "0 1 auto" }}>
          {failure ?? (mayView ? SIGN_IN_TO_CHANGE : SIGN_IN_TO_VIEW)}
        </Box>
        <TextField
          name="token"
          type="password"
          label="Token"
          size="small"
          required
          autoComplete="off"
          sx={{ width: 150 }}
        />
        <Button type="submit" size="small" variant="outlined" color="inherit">Sign in</Button>
      </Flex>
    </Alert>
  );
}
