import { Button } from "@mui/material";
import { lazy, Suspense, useRef, useState } from "react";
import { PartLoading } from "../../components/part_loading.tsx";
import { useAbout, useClient } from "../../lib/client.ts";
import { loadWithRetry } from "../../lib/load_with_retry.ts";
import { BrowserTransport } from "../../lib/transport/browser_transport.ts";
import { LABELS } from "../labels.ts";

const SignInPopover = lazy(() => loadWithRetry(() => import("./sign_in_popover.tsx")));

/** Button to sign in, for clients that may only view; absent for others. */
export function SignInButton() {
  const about = useAbout();
  const { transport } = useClient();
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const wasOpen = useRef(false);
  wasOpen.current ||= anchor !== null;
  if (about?.access !== "view" || !(transport instanceof BrowserTransport)) return null;
  return (
    <>
      <Button
        variant="outlined"
        aria-haspopup="dialog"
        aria-expanded={anchor !== null}
        onClick={({ currentTarget }) => setAnchor(currentTarget)}
        sx={{ minHeight: { xs: 44, sm: 28 }, borderColor: { xs: "transparent", sm: "divider" } }}
      >
        {LABELS.signIn}
      </Button>
      {wasOpen.current && (
        <Suspense fallback={<PartLoading />}>
          <SignInPopover
            transport={transport}
            text={about.readOnly ? LABELS.signInToRead : LABELS.signInToChange}
            anchor={anchor}
            onClose={() => setAnchor(null)}
          />
        </Suspense>
      )}
    </>
  );
}
