import { ListItemText, MenuItem } from "@mui/material";
import type { BrowserTransport } from "../lib/transport/browser_transport.ts";
import { useObservable } from "../lib/use_observable.ts";
import { LABELS } from "./labels.ts";

/** Props of {@linkcode SignOut}. */
export interface SignOutProps {
  readonly transport: BrowserTransport;
}

/** Entry of a menu that ends the session of this browser; absent without one. */
export function SignOut({ transport, ...rest }: SignOutProps) {
  const secret = useObservable(transport.session.secret);
  if (secret === undefined) return null;
  const signOut = () => {
    // Without an answer the secret is forgotten all the same.
    transport.signOut().catch(() => undefined).finally(() => location.reload());
  };
  return (
    <MenuItem {...rest} divider={false} onClick={signOut}>
      <ListItemText inset>{LABELS.signOut}</ListItemText>
    </MenuItem>
  );
}
