import { Box, styled } from "@mui/material";
import { lazy, Suspense } from "react";
import { PANEL } from "../../components/design/tokens.ts";
import { useClient } from "../../lib/client.ts";
import { loadWithRetry } from "../../lib/load_with_retry.ts";
import { BrowserTransport } from "../../lib/transport/browser_transport.ts";
import { LABELS } from "../labels.ts";

const SignInForm = lazy(() => loadWithRetry(() => import("./sign_in_form.tsx")));

/** The page for clients that may not view anything. */
export function SignInPage() {
  const { transport } = useClient();
  return (
    <Box sx={{ overflow: "auto", p: 2 }}>
      <Panel>
        <h1 tabIndex={-1}>{LABELS.signIn}</h1>
        {transport instanceof BrowserTransport && (
          <Suspense>
            <SignInForm transport={transport} text={LABELS.signInToView} />
          </Suspense>
        )}
      </Panel>
    </Box>
  );
}

const Panel = styled("div")({
  ...PANEL,
  boxSizing: "border-box",
  maxWidth: 360,
  // The form comes a moment later.
  minHeight: 190,
  margin: "min(12vh, 96px) auto 0",
  padding: 20,
  "& h1": { margin: "0 0 8px", fontSize: 18, lineHeight: "26px", fontWeight: 650 },
});
