/** An HTTP server that keeps its port when connections cannot be accepted. */
import { pause } from "../duration.ts";
import { reason } from "../errors.ts";
import { getLogger } from "../log/log.ts";

/** Intervals of a {@linkcode ResilientServer}, ms; options, so that tests need not wait. */
export interface ResilientServerTimes {
  /** First delay before listening again; doubles with each failure. */
  readonly retryMs: number;
  /** Longest delay before listening again. */
  readonly maxRetryMs: number;
  /** Time without a failure after which the delay starts again at the first. */
  readonly calmMs: number;
  /** Time for answers in progress, and for clients to read their close frame, at shutdown. */
  readonly goodbyeMs: number;
}

const TIMES: ResilientServerTimes = { retryMs: 50, maxRetryMs: 1000, calmMs: 10_000, goodbyeMs: 1000 };
/** Failures in a row after which the WebSockets of earlier servers are closed too: their clients connect again. */
const MAX_FAILURES = 10;

const log = getLogger(["dockstat", "http"]);

/**
 * Runs `Deno.serve`, and runs it again when its accept loop fails, as it does without free file descriptors. Open
 * WebSockets continue meanwhile. Servers without WebSockets are shut down, which frees the descriptors of idle
 * connections; new connections are refused until there is room.
 */
export class ResilientServer<Address extends Deno.Addr> implements AsyncDisposable {
  readonly #stop = new AbortController();
  /** Servers with WebSockets whose accept loop has failed. */
  #failed: Deno.HttpServer[] = [];
  /** True once the current server has opened a WebSocket, which its shutdown would close. */
  #hasSockets = false;
  #server: Deno.HttpServer<Address> | undefined;
  readonly #running: Promise<void>;

  /**
   * Starts the first server.
   *
   * @param start Listens; called again after each failure. Its argument is called when a WebSocket is opened.
   * @throws the error of the first start.
   */
  constructor(
    readonly start: (onSocket: () => void) => Deno.HttpServer<Address>,
    readonly times: ResilientServerTimes = TIMES,
  ) {
    this.#server = start(() => this.#hasSockets = true);
    this.addr = this.#server.addr;
    this.#running = this.#run(this.#server);
  }

  /** Address of the first server. */
  readonly addr: Address;

  /** Stops listening and waits a moment for answers in progress. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#stop.abort();
    const servers = [...this.#failed, ...(this.#server === undefined ? [] : [this.#server])];
    await Promise.all(servers.map((server) => shutdown(server, this.times.goodbyeMs)));
    await this.#running;
  }

  async #run(first: Deno.HttpServer<Address>): Promise<void> {
    const { signal } = this.#stop;
    let server: Deno.HttpServer<Address> | undefined = first;
    for (let failures = 1; !signal.aborted; failures++) {
      const since = performance.now();
      const error = server && await failureOf(server);
      if (signal.aborted) return;
      if (performance.now() - since > this.times.calmMs) failures = 1;
      this.#report(error, failures);
      if (server !== undefined) await this.#retire(server);
      if (failures % MAX_FAILURES === 0) await this.#release();
      await pause(Math.min(this.times.retryMs * 2 ** (failures - 1), this.times.maxRetryMs), signal);
      if (signal.aborted) return;
      server = this.#server = this.#tryStart();
    }
  }

  #report(error: unknown, failures: number): void {
    if (failures > 1) return;
    const why = reason(error).replace(/^Error: /, "");
    const help = /too many open files/i.test(why) ? ". Raise the limit of open files (ulimit -n)" : "";
    log.error("Cannot accept connections. New ones are refused for now: {why}{help}", { why, help });
  }

  #tryStart(): Deno.HttpServer<Address> | undefined {
    try {
      this.#hasSockets = false;
      return this.start(() => this.#hasSockets = true);
    } catch (error) {
      log.debug("Cannot listen again yet: {error}", { error: reason(error) });
      return undefined;
    }
  }

  async #retire(server: Deno.HttpServer): Promise<void> {
    this.#server = undefined;
    if (this.#hasSockets) this.#failed.push(server);
    else await shutdown(server, this.times.goodbyeMs);
  }

  /** Closes the connections of failed servers; clients with a WebSocket connect again. */
  async #release(): Promise<void> {
    const failed = this.#failed;
    this.#failed = [];
    log.warn("Closing {count} earlier servers with their connections to free descriptors", {
      count: failed.length,
    });
    await Promise.all(failed.map((server) => shutdown(server, this.times.goodbyeMs)));
  }
}

/** Resolves with the error that ended a server, or with `undefined` after a shutdown. */
async function failureOf(server: Deno.HttpServer): Promise<unknown> {
  try {
    await server.finished;
    return undefined;
  } catch (error) {
    return error;
  }
}

async function shutdown(server: Deno.HttpServer, goodbyeMs: number): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const timeout = new Promise<void>((resolve) => timer = setTimeout(resolve, goodbyeMs));
  // A failed server rejects; there is nothing more to close then.
  await Promise.race([server.shutdown().catch(() => {}), timeout]);
  clearTimeout(timer);
}
