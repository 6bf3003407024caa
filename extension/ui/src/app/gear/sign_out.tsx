import { ListItemText, MenuItem } from "@mui/material";
import type { BrowserTransport } from "../../lib/transport/browser_transport.ts";
import { useObservable } from "../../lib/use_observable.ts";
import { LABELS } from "../labels.ts";

/** Props of {@linkcode SignOut}. */
export interface SignOutProps {
  readonly transport: BrowserTransport;
}

/** Under a path the server cannot empty the browser's storage, which other applications share. */
async function forgetApp(): Promise<void> {
  const { forgetWorker, workerHost } = await import("../install/offline_worker.ts");
  await forgetWorker(workerHost());
}

/** Entry of a menu that ends the session of this browser; absent without one. */
export function SignOut({ transport, ...rest }: SignOutProps) {
  const secret = useObservable(transport.session.secret);
  if (secret === undefined) return null;
  const signOut = async () => {
    // Loaded first, so that its files are not cached again, and that the form is not shown for long before the reload.
    await Promise.allSettled([import("../sign_in/sign_in_form.tsx"), import("../install/offline_worker.ts")]);
    // Without an answer the secret is forgotten all the same.
    await transport.signOut().catch(() => undefined);
    await forgetApp().catch(() => undefined);
    location.reload();
  };
  return (
    <MenuItem {...rest} divider={false} onClick={signOut}>
      <ListItemText inset>{LABELS.signOut}</ListItemText>
    </MenuItem>
  );
}
