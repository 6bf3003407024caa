/** A Git host on loopback: real repositories, served by `git http-backend` over https. */
import { certificates } from "../fakes/certificates.ts";
import { type TemporaryFolder, temporaryFolder } from "../fakes/folder.ts";

const AUTHOR = {
  GIT_AUTHOR_NAME: "test",
  GIT_AUTHOR_EMAIL: "test@example.org",
  GIT_COMMITTER_NAME: "test",
  GIT_COMMITTER_EMAIL: "test@example.org",
  GIT_CONFIG_NOSYSTEM: "1",
  GIT_CONFIG_GLOBAL: "/dev/null",
};

let shared: Promise<(name: string) => string> | undefined;

/** Creates the certificates once for all hosts of a test file, since keys take time. */
function sharedCertificates(): Promise<(name: string) => string> {
  if (shared === undefined) {
    const folder = temporaryFolder();
    globalThis.addEventListener("unload", () => folder[Symbol.dispose]());
    shared = certificates(folder);
  }
  return shared;
}

/** A Git host with one repository, `shop.git`. */
export class GitServer implements AsyncDisposable {
  readonly #folder: TemporaryFolder = temporaryFolder();
  /** Certificate authority, as a PEM file. */
  ca = "";
  /** Header that requests must have; any unless set. */
  authorization: string | undefined;
  /** Answers before git does, such as with a redirect. */
  intercept: ((request: Request) => Response | undefined) | undefined;
  /** Paths that were requested. */
  readonly requests: string[] = [];
  #server!: Deno.HttpServer<Deno.NetAddr>;

  /** Starts a host whose repository has files on the branch `main`. */
  static async open(files: Readonly<Record<string, string>>): Promise<GitServer> {
    const host = new GitServer();
    const pem = await sharedCertificates();
    host.ca = pem("ca");
    await Deno.mkdir(host.work);
    await host.git("init", "--quiet", "--initial-branch=main");
    await host.push(files);
    const [cert, key] = await Promise.all(
      ["server", "server-key"].map((name) => Deno.readTextFile(pem(name))),
    );
    const options = { hostname: "127.0.0.1", port: 0, cert: cert!, key: key!, onListen() {} };
    host.#server = Deno.serve(options, (request) => host.#answer(request)) as Deno.HttpServer<Deno.NetAddr>;
    return host;
  }

  /** The working folder of the repository. */
  get work(): string {
    return this.#folder.path("shop.git");
  }

  /** Address such as `https://127.0.0.1:40000`. */
  get origin(): string {
    return `https://127.0.0.1:${this.#server.addr.port}`;
  }

  /** Address of the repository. */
  get url(): string {
    return `${this.origin}/shop.git`;
  }

  /** Address and port, as `outbound: allow` has them. */
  get allowed(): { readonly address: string; readonly port: number } {
    return { address: "127.0.0.1", port: this.#server.addr.port };
  }

  /** Runs git in the working folder, and returns what it prints. */
  async git(...args: string[]): Promise<string> {
    const { code, stdout, stderr } = await new Deno.Command("git", { args, cwd: this.work, env: AUTHOR })
      .output();
    if (code !== 0) throw new Error(`git ${args.join(" ")}: ${new TextDecoder().decode(stderr)}`);
    return new TextDecoder().decode(stdout).trim();
  }

  /** Writes files, commits everything, and returns the commit. */
  async push(files: Readonly<Record<string, string | null>>, message = "change"): Promise<string> {
    for (const [path, text] of Object.entries(files)) {
      const full = `${this.work}/${path}`;
      if (text === null) await Deno.remove(full);
      else {
        await Deno.mkdir(full.replace(/\/[^/]*$/, ""), { recursive: true });
        await Deno.writeTextFile(full, text);
      }
    }
    await this.git("add", "--all", "--force");
    await this.git("commit", "--quiet", "--allow-empty", "-m", message);
    return await this.git("rev-parse", "HEAD");
  }

  async #answer(request: Request): Promise<Response> {
    const url = new URL(request.url);
    this.requests.push(url.pathname);
    const intercepted = this.intercept?.(request);
    if (intercepted !== undefined) return intercepted;
    if (this.authorization !== undefined && request.headers.get("authorization") !== this.authorization) {
      return new Response("no", { status: 401, headers: { "www-authenticate": 'Basic realm="git"' } });
    }
    return await this.#backend(request, url);
  }

  async #backend({ method, headers, body }: Request, url: URL): Promise<Response> {
    const env = {
      GIT_PROJECT_ROOT: this.#folder.path(""),
      GIT_HTTP_EXPORT_ALL: "1",
      PATH_INFO: url.pathname,
      QUERY_STRING: url.search.slice(1),
      REQUEST_METHOD: method,
      CONTENT_TYPE: headers.get("content-type") ?? "",
      HTTP_CONTENT_ENCODING: headers.get("content-encoding") ?? "",
      GIT_PROTOCOL: headers.get("git-protocol") ?? "",
    };
    const child = new Deno.Command("git", {
      args: ["http-backend"],
      env,
      stdin: "piped",
      stdout: "piped",
      stderr: "null",
    }).spawn();
    await (body ?? new Blob().stream()).pipeTo(child.stdin);
    const output = (await child.output()).stdout;
    const text = new TextDecoder("latin1").decode(output);
    const end = text.indexOf("\r\n\r\n");
    const fields = text.slice(0, end).split("\r\n").map((line) => line.split(/: (.*)/s).slice(0, 2));
    const status = Number(fields.find(([name]) => name === "Status")?.[1]?.slice(0, 3) ?? 200);
    return new Response(output.slice(end + 4), { status, headers: fields as [string, string][] });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#server.shutdown();
    this.#folder[Symbol.dispose]();
  }
}
