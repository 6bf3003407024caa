import { Button } from "@mui/material";
import { useClient } from "../lib/client.ts";
import { BrowserTransport } from "../lib/transport/browser_transport.ts";
import { useObservable } from "../lib/use_observable.ts";
import { LABELS } from "./labels.ts";

/** Button that ends the session of this browser; absent without one. */
export function SignOut() {
  const { transport } = useClient();
  return transport instanceof BrowserTransport ? <SignOutButton transport={transport} /> : null;
}

function SignOutButton({ transport }: { readonly transport: BrowserTransport }) {
  const secret = useObservable(transport.session.secret);
  if (secret === undefined) return null;
  const signOut = () => {
    // Without an answer the secret is forgotten all the same.
    transport.signOut().catch(() => undefined).finally(() => location.reload());
  };
  return (
    <Button size="small" color="inherit" onClick={signOut} sx={{ ml: 1, flexShrink: 0 }}>
      {LABELS.signOut}
    </Button>
  );
}
