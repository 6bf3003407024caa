/** Docker Desktop's part, played by a test: a page from a file, and a client that leads to the real unix socket. */
import type { Page } from "playwright-core";
import { serve, type Server } from "../../server/serve.ts";
import { testConfig } from "../client.ts";
import { temporaryFolder } from "../fakes/folder.ts";
import type { Browser } from "./browser.ts";
import type { RealEngine } from "./engines.ts";

/** The page as it was built. */
const PAGE = new URL("../../dist/ui/index.html", import.meta.url).href;

interface Request {
  readonly url: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly data: unknown;
}

/** Something that answers on a unix socket, as the extension's service does. */
export class Service implements Disposable {
  readonly #client: Deno.HttpClient;

  constructor(readonly socket: string) {
    this.#client = Deno.createHttpClient({ proxy: { transport: "unix", path: socket } });
  }

  /** Asks as Desktop's proxy does. */
  async request({ url, method, headers, data }: Request): Promise<{ status: number; data: unknown }> {
    const body = data === undefined || data === null ? null : JSON.stringify(data);
    const answer = await fetch(`http://localhost${url}`, { client: this.#client, method, headers, body });
    return { status: answer.status, data: await answer.json() };
  }

  [Symbol.dispose](): void {
    this.#client.close();
  }
}

/** `window.ddClient`, as far as the page uses it; the test's functions do the work. */
const DD_CLIENT = `
  const streams = new Map();
  let started = 0;
  window.heard = (id, line) => streams.get(id)?.onOutput({ stdout: line });
  window.ddClient = {
    docker: {}, host: {},
    desktopUI: {
      toast: { success: (text) => window.toasted(text), warning: (text) => window.toasted(text), error: (text) => window.toasted(text) },
      navigate: { viewContainer: (id) => window.viewed(id), viewContainerTerminal: (id) => window.viewed(id) },
    },
    extension: {
      image: "dockstat/dockstat:test",
      vm: {
        service: {
          request: async (config) => {
            const { status, data } = await window.serviceRequest(config);
            if (status < 400) return data;
            throw { name: "Error", message: JSON.stringify(data), statusCode: status };
          },
        },
        cli: {
          exec: (command, args, { stream }) => {
            const id = ++started;
            streams.set(id, stream);
            window.execStart({ id, command, args });
            return { close: () => streams.delete(id) };
          },
        },
      },
    },
  };
`;

/** What of Desktop a test looks at. */
export interface DesktopPage extends AsyncDisposable {
  readonly page: Page;
  /** The containers whose own pages were asked for. */
  readonly viewed: readonly string[];
  /** The commands that were started in the extension's container. */
  readonly commands: readonly (readonly string[])[];
}

/** How Desktop is set up. */
export interface DesktopOptions {
  readonly theme?: "light" | "dark";
  readonly mayLog?: RegExp;
  /** The file of the page; the one that was built here unless it is said. */
  readonly file?: string;
  /** Changes the answer of a request on its way, as a policy might. */
  readonly change?: (url: string, data: unknown) => unknown;
  /** Starts a command in the container, until the signal aborts, and tells its lines. */
  readonly exec?: (
    args: readonly string[],
    onLine: (line: string) => void,
    signal: AbortSignal,
  ) => Promise<void>;
}

/** Opens the page from its file, with a client that leads to a service. */
export async function openDesktopPage(
  browser: Browser,
  service: Service,
  { change = (_, data) => data, exec, file = PAGE, ...options }: DesktopOptions = {},
): Promise<DesktopPage> {
  const viewed: string[] = [];
  const commands: string[][] = [];
  const running: Promise<void>[] = [];
  const end = new AbortController();
  const page: Promise<Page> = browser.page(file, {
    ...options,
    before: DD_CLIENT,
    functions: {
      toasted: () => {},
      viewed: (id: string) => viewed.push(id),
      serviceRequest: async (request: Request) => {
        const { status, data } = await service.request(request);
        return { status, data: change(request.url, data) };
      },
      execStart: async ({ id, command, args }: { id: number; command: string; args: string[] }) => {
        commands.push([command, ...args]);
        const opened = await page;
        const tell = (line: string) => {
          if (end.signal.aborted) return;
          running.push(
            opened.evaluate(([to, text]) => globalThis.heard(Number(to), String(text)), [id, line]),
          );
        };
        if (exec !== undefined) running.push(exec(args, tell, end.signal));
      },
    },
  });
  return {
    page: await page,
    viewed,
    commands,
    async [Symbol.asyncDispose]() {
      end.abort();
      await Promise.all(running);
    },
  };
}

declare global {
  /** In the page: hands on a line of a command. */
  var heard: (id: number, line: string) => void;
}

/** A server with a unix socket beside its port, on a real engine. */
export async function serveDesktop(
  engine: RealEngine,
): Promise<{ readonly server: Server; readonly service: Service } & AsyncDisposable> {
  const folder = temporaryFolder({});
  const socket = folder.path("backend.sock");
  const host = { kind: "docker" as const, id: "Localhost", endpoint: { url: engine.url } };
  const server = await serve(testConfig([host], { listen: { host: "127.0.0.1", port: 0, socket } }));
  const service = new Service(socket);
  return {
    server,
    service,
    async [Symbol.asyncDispose]() {
      service[Symbol.dispose]();
      await server[Symbol.asyncDispose]();
      folder[Symbol.dispose]();
    },
  };
}
