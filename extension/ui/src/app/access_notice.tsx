import { Alert, Box, Button, Stack, TextField } from "@mui/material";
import { useAbout, useClient } from "../lib/client.ts";

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
  if (about?.access !== "view" || transport.kind !== "browser") return null;
  return <SignIn />;
}

function SignIn() {
  return (
    <Alert severity="info" sx={{ py: 0 }}>
      <Stack
        component="form"
        direction="row"
        spacing={1.5}
        useFlexGap
        action="./"
        method="get"
        sx={{ alignItems: "center", flexWrap: "wrap" }}
      >
        <Box component="span" sx={{ flex: "0 1 auto" }}>
          You can look. To change something, or to read what containers write, open the link that DockStat
          printed, or paste its token (“dockstat token” prints it).
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
      </Stack>
    </Alert>
  );
}
