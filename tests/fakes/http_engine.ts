/** A fake Docker API over HTTP, controlled by a test, for the real engine client. */
import { temporaryFolder } from "./folder.ts";

/** Request that the fake engine received. */
export interface Seen {
  readonly path: string;
  readonly userAgent: string | null;
}

/** A listening fake engine. */
export interface HttpEngine extends AsyncDisposable {
  /** Address such as `unix:///tmp/…/docker.sock`. */
  readonly url: string;
  readonly seen: Seen[];
}

/** Options of a fake engine. */
export interface HttpEngineOptions {
  /** TCP address with a certificate, instead of a Unix socket. */
  readonly listen?: Deno.ServeTcpOptions & Deno.TlsCertifiedKeyPem;
  readonly apiVersion?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Responses by path without the version; other paths return 404. */
  readonly answers?: Readonly<Record<string, (url: URL, request: Request) => Response | Promise<Response>>>;
}

/** Starts a fake engine. */
export function startHttpEngine(options: HttpEngineOptions): HttpEngine {
  const { apiVersion = "1.51", headers = {}, answers = {}, listen } = options;
  const folder = temporaryFolder();
  const path = folder.path("docker.sock");
  const seen: Seen[] = [];
  const onListen = () => {};
  const answer = (request: Request) => {
    const url = new URL(request.url);
    seen.push({ path: url.pathname, userAgent: request.headers.get("user-agent") });
    const bare = url.pathname.replace(/^\/v[\d.]+/, "");
    const own = answers[bare];
    if (own !== undefined) return own(url, request);
    if (bare === "/_ping") return new Response("OK", { headers: { "api-version": apiVersion, ...headers } });
    if (bare === "/info") {
      return Response.json({ NCPU: 4, MemTotal: 1024, OSType: "linux", ServerVersion: "1.2.3" });
    }
    return Response.json({ message: `no such thing: ${bare}` }, { status: 404 });
  };
  const server = listen
    ? Deno.serve({ ...listen, onListen }, answer)
    : Deno.serve({ path, onListen }, answer);
  const url = listen
    ? `tcp://127.0.0.1:${(server.addr as Deno.Addr as Deno.NetAddr).port}`
    : `unix://${path}`;
  return {
    url,
    seen,
    async [Symbol.asyncDispose]() {
      await server.shutdown();
      folder[Symbol.dispose]();
    },
  };
}
