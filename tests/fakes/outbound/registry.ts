/** A registry on loopback with tags, tokens, and answers that tests choose. */

/** Settings of {@linkcode fakeRegistry}. */
export interface FakeRegistryOptions {
  /** Digests by "repository:tag". */
  readonly digests: Record<string, string>;
  /** Sign-in that the registry requires; none by default. */
  readonly auth?: "bearer" | "basic" | { readonly realm: string };
  /** Returns an answer instead of the registry's own. */
  readonly answer?: (request: Request) => Response | undefined;
}

/** A running registry. */
export interface FakeRegistry extends AsyncDisposable {
  /** Name such as "127.0.0.1:5000". */
  readonly name: string;
  readonly port: number;
  /** Method, path and query of all requests. */
  readonly requests: string[];
  /** Values of `Authorization`, by path. */
  readonly authorizations: Map<string, string | null>;
}

/** The login that the registry accepts: user "robot" with password "secret". */
export const LOGIN = btoa("robot:secret");

/** Serves a registry on a free port. */
export function fakeRegistry({ digests, auth, answer }: FakeRegistryOptions): FakeRegistry {
  const requests: string[] = [];
  const authorizations = new Map<string, string | null>();
  const server = Deno.serve({ port: 0, hostname: "127.0.0.1", onListen: () => {} }, (request) => {
    const { pathname, search, host } = new URL(request.url);
    requests.push(`${request.method} ${pathname}${search}`);
    authorizations.set(pathname, request.headers.get("authorization"));
    const chosen = answer?.(request);
    if (chosen !== undefined) return chosen;
    if (pathname === "/token") return token(request);
    if (!isAuthorized(request, auth)) return challenge(auth, host);
    if (pathname === "/v2/") return Response.json({});
    return manifestOrTags(pathname, digests);
  });
  const { port } = server.addr;
  return {
    ...{ name: `127.0.0.1:${port}`, port, requests, authorizations },
    [Symbol.asyncDispose]: () => server.shutdown(),
  };
}

function isAuthorized(request: Request, auth: FakeRegistryOptions["auth"]): boolean {
  const given = request.headers.get("authorization");
  if (auth === undefined) return true;
  return auth === "basic" ? given === `Basic ${LOGIN}` : given === "Bearer a-token";
}

function challenge(auth: FakeRegistryOptions["auth"], host: string): Response {
  const realm = typeof auth === "object" ? auth.realm : `http://${host}/token`;
  const value = auth === "basic" ? 'Basic realm="it"' : `Bearer realm="${realm}",service="it"`;
  return new Response("{}", { status: 401, headers: { "www-authenticate": value } });
}

function token(request: Request): Response {
  const given = request.headers.get("authorization");
  if (given !== null && given !== `Basic ${LOGIN}`) return new Response("{}", { status: 401 });
  return Response.json({ token: "a-token" });
}

function manifestOrTags(pathname: string, digests: Readonly<Record<string, string>>): Response {
  const [, repository, kind, tag] = /^\/v2\/(.+)\/(manifests|tags)\/([^/]+)$/.exec(pathname) ?? [];
  if (kind === "tags") {
    const tags = Object.keys(digests).filter((name) => name.startsWith(`${repository}:`));
    return Response.json({ name: repository, tags: tags.map((name) => name.split(":")[1]) });
  }
  const digest = digests[`${repository}:${tag}`];
  if (digest === undefined) return new Response("{}", { status: 404 });
  return new Response(null, { headers: { "docker-content-digest": digest } });
}
