/** `/sessions` and `/token/rotate`: signing in and out of the dashboard. */
import * as v from "valibot";
import { AppError } from "../errors.ts";
import { type Credential, credentialsOf } from "../access/credentials.ts";
import type { Sessions } from "../access/sessions.ts";
import type { AccessToken } from "../access/token.ts";
import { readBody } from "../http/body.ts";
import { jsonResponse, NO_STORE } from "../http/problem.ts";
import type { Path } from "../http/router.ts";
import { type NewSession, type RotatedToken, type SessionInfo, SignIn } from "../protocol/session.ts";
import type { SessionRecord } from "../store/session_store.ts";
import { withoutOptions } from "./filters.ts";

/** The token and the sessions; without a token (`--no-auth`) every client may sign in. */
export interface SignInParts {
  readonly token: AccessToken | undefined;
  readonly sessions: Sessions;
}

/** Empties the browser's cache and storage of an origin, so that its next user finds nothing. */
const CLEAR_SITE_DATA = { "clear-site-data": '"cache", "storage"' };

/**
 * Returns the paths for signing in and out.
 *
 * @param basePath Path that everything is served under; empty for the root.
 */
export function signInPaths(
  parts: SignInParts,
  bodyBytes: number,
  basePath: string,
): Readonly<Record<string, Path>> {
  const { sessions } = parts;
  return {
    "/sessions": {
      need: "secrets",
      needs: { POST: "nothing", DELETE: "secrets" },
      GET: withoutOptions(({ request }) => jsonResponse(listSessions(request, sessions))),
      POST: withoutOptions(async ({ request }) => signIn(await readBody(request, SignIn, bodyBytes), parts)),
      DELETE: withoutOptions(({ request }) => {
        sessions.endAll();
        return signedOut(request, basePath);
      }),
    },
    "/sessions/{session}": {
      needs: { DELETE: "secrets" },
      DELETE: withoutOptions(({ request, params: { session = "" } }) => {
        const current = currentSession(request, sessions)?.id;
        const id = session === "current" ? current : session;
        if (id === undefined || !sessions.end(id)) {
          throw new AppError("not-found", `There is no session "${session.slice(0, 80)}"`);
        }
        return id === current ? signedOut(request, basePath) : noContent();
      }),
    },
    "/token/rotate": {
      POST: withoutOptions(async () => jsonResponse(await rotate(parts))),
    },
  };
}

function signIn({ token }: v.InferOutput<typeof SignIn>, { token: own, sessions }: SignInParts): Response {
  if (own !== undefined && !own.matches({ kind: "bearer", secret: token })) {
    throw new AppError(
      "unauthorized",
      'Cannot sign in: this is not the token of this server; "dockstat token" prints it, in a checkout "deno task token"',
      { headers: { "www-authenticate": 'Bearer realm="dockstat"' } },
    );
  }
  const opened = sessions.open();
  const body: NewSession = {
    session: opened.secret,
    expires_at: new Date(sessions.expiresAt(opened)).toISOString(),
  };
  return jsonResponse(body, 201, { location: `/sessions/${opened.id}` });
}

function listSessions(request: Request, sessions: Sessions): SessionInfo[] {
  const current = currentSession(request, sessions)?.id;
  return sessions.list().map((session) => ({
    id: session.id,
    created_at: new Date(session.createdAt).toISOString(),
    last_used_at: new Date(session.lastUsedAt).toISOString(),
    expires_at: new Date(sessions.expiresAt(session)).toISOString(),
    current: session.id === current,
  }));
}

function currentSession({ headers }: Request, sessions: Sessions): SessionRecord | undefined {
  return credentialsOf(headers).flatMap(({ secret }: Credential) => sessions.find(secret) ?? [])[0];
}

async function rotate({ token, sessions }: SignInParts): Promise<RotatedToken> {
  if (token === undefined) throw new AppError("forbidden", "Cannot rotate the token: authentication is off");
  const text = await token.rotate();
  sessions.endAll(text);
  return { token: text };
}

/** Answers a client that has ended its own session. */
function signedOut({ headers }: Request, basePath: string): Response {
  const page = headers.get("referer") ?? "";
  // Below a path, which may be that of a proxy, other applications share the storage.
  const isShared = basePath !== "" || URL.canParse(page) && new URL(page).pathname !== "/";
  return noContent(isShared ? {} : CLEAR_SITE_DATA);
}

function noContent(headers: Readonly<Record<string, string>> = {}): Response {
  return new Response(null, { status: 204, headers: { ...NO_STORE, ...headers } });
}
