/** Opens the access token and the sessions. */
import type { DatabaseSync } from "node:sqlite";
import { isLoopback } from "../address.ts";
import type { AccessRules } from "../access/access.ts";
import type { Tickets } from "../access/tickets.ts";
import type { Config } from "../config/config.ts";
import type { Credential } from "../access/credentials.ts";
import { Audited } from "../routes/audited.ts";
import { Sessions, SHARED_ORIGIN_TIMES } from "../access/sessions.ts";
import { AccessToken, loadToken, newToken, storeToken } from "../access/token.ts";
import { TokenWatch } from "../access/token_watch.ts";
import type { AuditStore } from "../store/past/audit_store.ts";
import { SessionFallback } from "../store/session_fallback.ts";
import { SessionStore } from "../store/session_store.ts";
import { getLogger } from "../log/log.ts";

const log = getLogger(["dockstat"]);

/** Opens the sessions, which end when the token in the data folder is replaced. */
export function openSessions(
  stack: AsyncDisposableStack,
  { data, hosts, listen: { basePath } }: Config,
  database: DatabaseSync,
  token: AccessToken | undefined,
  audit: AuditStore,
): Sessions {
  const store = stack.use(new SessionFallback(new SessionStore(database)));
  const sessions = stack.use(
    new Sessions(store, token?.text ?? "", basePath ? SHARED_ORIGIN_TIMES : undefined),
  );
  // A token that was given cannot change while the server runs, and a demo stores none.
  const isStored = token?.store !== undefined && hosts.some(({ kind }) => kind === "docker");
  const endAll = (text: string) => {
    new Audited(audit, { token, sessions }).rotated();
    sessions.endAll(text);
  };
  if (isStored) stack.use(new TokenWatch(data, token, { endAll }));
  return sessions;
}

/** Credentials that a request may show. */
interface Credentials {
  readonly token: AccessToken | undefined;
  readonly sessions: Sessions;
  readonly tickets: Tickets;
}

/** Returns the rules that every request is checked against. */
export function accessRules(
  { access: { origins, readOnly, viewToken }, listen: { host: listenHost } }: Config,
  { token, sessions, tickets }: Credentials,
): AccessRules {
  return {
    ...{ listenHost, origins, readOnly, viewToken },
    validity: token && ((credential) => validityOf(credential, token, sessions)),
    findTicket: (presented) => tickets.find(presented),
  };
}

/** Returns a signal that aborts when a credential ends; `undefined` if it is not valid. */
function validityOf(credential: Credential, token: AccessToken, sessions: Sessions): AbortSignal | undefined {
  if (credential.kind === "ticket") return undefined;
  if (token.matches(credential)) return token.signal;
  const session = sessions.find(credential.secret);
  return session && sessions.signalOf(session);
}

/** Returns the link that carries the token; the URL itself where none is needed. */
export function linkOf(url: string, token: AccessToken | undefined): string {
  return token === undefined ? url : `${url}/#token=${encodeURIComponent(token.text)}`;
}

/** Returns the access token; `undefined` with `--no-auth`, which logs a warning. */
export async function openToken(
  { access, data, hosts, listen: { host } }: Config,
): Promise<AccessToken | undefined> {
  if (!access.auth) {
    const who = isLoopback(host)
      ? "every program and user of this machine"
      : `everyone who can reach ${host}`;
    log.warn(
      "Authentication is off (--no-auth): {who} has full access, and the Docker socket means root access",
      {
        who,
      },
    );
    return undefined;
  }
  if (access.token !== undefined) return new AccessToken(access.token, undefined);
  // A demo stores nothing.
  if (hosts.every(({ kind }) => kind === "simulated")) {
    return new AccessToken(newToken(), () => Promise.resolve());
  }
  return new AccessToken(await loadToken(data), (text) => storeToken(data, text));
}
