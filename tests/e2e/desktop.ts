/** A simulation of Docker Desktop: the page from a file, and a client that forwards to the real Unix socket. */
import type { Page } from "playwright-core";
import { serve, type Server } from "../../server/serve.ts";
import { testConfig } from "../client.ts";
import { temporaryFolder } from "../fakes/folder.ts";
import type { Browser } from "./browser.ts";
import type { RealEngine } from "./engines.ts";

/** Address of the built page. */
const PAGE = new URL("../../dist/ui/index.html", import.meta.url).href;

interface Request {
  readonly url: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly data: unknown;
}

/** A client of a Unix socket, like the one of the extension's service. */
export class Service implements Disposable {
  readonly #client: Deno.HttpClient;

  constructor(readonly socket: string) {
    this.#client = Deno.createHttpClient({ proxy: { transport: "unix", path: socket } });
  }

  /** Sends a request as Desktop's proxy does. */
  async request({ url, method, headers, data }: Request): Promise<{ status: number; data: unknown }> {
    const body = data === undefined || data === null ? null : JSON.stringify(data);
    const answer = await fetch(`http://localhost${url}`, { client: this.#client, method, headers, body });
    return { status: answer.status, data: await answer.json() };
  }

  [Symbol.dispose](): void {
    this.#client.close();
  }
}

/** Script for `window.ddClient` with the functions that the page uses; functions of the test do the work. */
const DD_CLIENT = `
  const streams = new Map();
  let started = 0;
    window.receiveLine = (id, line) => streams.get(id)?.onOutput({ stdout: line });
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

/** A page in the simulated Desktop, and what it did. */
export interface DesktopPage extends AsyncDisposable {
  readonly page: Page;
  /** Ids of the containers whose Desktop pages were opened. */
  readonly viewed: readonly string[];
  /** Commands that were started in the extension's container. */
  readonly commands: readonly (readonly string[])[];
}

/** Options of the simulated Desktop. */
export interface DesktopOptions {
  readonly theme?: "light" | "dark";
  readonly mayLog?: RegExp;
  /** File of the page; default is the built one. */
  readonly file?: string;
  /** Changes a response before the page gets it. */
  readonly change?: (url: string, data: unknown) => unknown;
  /** Runs a command in the container until the signal aborts, and passes its lines. */
  readonly exec?: (
    args: readonly string[],
    onLine: (line: string) => void,
    signal: AbortSignal,
  ) => Promise<void>;
}

/** Opens the page from its file, with a client that forwards to a service. */
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
        const send = (line: string) => {
          if (end.signal.aborted) return;
          running.push(
            opened.evaluate(([to, text]) => globalThis.receiveLine(Number(to), String(text)), [id, line]),
          );
        };
        if (exec !== undefined) running.push(exec(args, send, end.signal));
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
  /** Passes a line of a command to the page. */
  var receiveLine: (id: number, line: string) => void;
}

/** Starts a server with a Unix socket beside its port, on a real engine. */
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
