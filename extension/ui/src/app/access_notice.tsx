import { lazy, Suspense } from "react";
import { useAbout, useClient } from "../lib/client.ts";
import { loadWithRetry } from "../lib/load_with_retry.ts";
import { BrowserTransport } from "../lib/transport/browser_transport.ts";
import { LABELS } from "./labels.ts";

const SignInForm = lazy(() => loadWithRetry(() => import("./sign_in_form.tsx")));

/** Explains restricted access above every view, and lets users sign in with the token. */
export function AccessNotice() {
  const about = useAbout();
  const { transport } = useClient();
  if (about === undefined || about.access === "full" || !(transport instanceof BrowserTransport)) return null;
  return (
    <Suspense>
      <SignInForm
        transport={transport}
        text={about.access !== "view"
          ? LABELS.signInToView
          : about.readOnly
          ? LABELS.signInToRead
          : LABELS.viewOnly}
      />
    </Suspense>
  );
}
