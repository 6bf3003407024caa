/** Measures one point: a server of its size, its viewers, and one viewer that reads the delays. */
import { BENCH_TOKEN, rate, start, startViewers } from "../bench/children.ts";
import { coresUsed, residentMegabytes } from "../bench/processes.ts";
import { pause } from "../bench/run.ts";
import { type Load, type Point, quantile } from "./report/points.ts";

/** Time after the first number of the last container until the numbers are sent evenly, s. */
const SETTLE_SECONDS = 2;
/** Share of the containers that a point starts with. */
const MOST_KNOWN = 0.95;
/** Time stamps that are read of one frame. */
const MOST_STAMPS = 200;
const FLAGS = "--v8-flags=--optimize-for-size,--max-semi-space-size=1,--single-threaded-gc";

/** Measures a load for some seconds. */
export async function measure(load: Load, seconds: number): Promise<Point> {
  const script = new URL("server.ts", import.meta.url).pathname;
  const size = [String(load.hosts), String(load.containers), BENCH_TOKEN];
  await using server = start(Deno.execPath(), ["run", "-A", FLAGS, script, ...size]);
  const url = `${await server.first}/docker/stats`;
  await using viewers = startViewers(`${url}?batch=1&state=running`, load.viewers);
  await allKnown(url, load.containers);
  await pause(SETTLE_SECONDS);
  using delays = new Delays(url);
  // A busy machine can send the first number late; a measurement without any would have no delay.
  await delays.begun;
  const [cores = NaN] = await coresUsed([server.pid], seconds);
  const sorted = delays.sorted();
  return {
    ...load,
    cores,
    megabytes: residentMegabytes(server.pid),
    p50: quantile(sorted, 0.5),
    p99: quantile(sorted, 0.99),
    received: rate(viewers, Math.max(1, seconds - 1)).bytes / load.viewers / await bytesOf(url),
  };
}

/** Delays from reading to frame, as one viewer sees them. */
class Delays implements Disposable {
  readonly #delays: number[] = [];
  readonly #socket: WebSocket;
  readonly #begun = Promise.withResolvers<void>();

  constructor(url: string) {
    const options = "?batch=1&detail=full&state=running";
    this.#socket = new WebSocket(url.replace(/^http/, "ws") + options, {
      headers: { authorization: `Bearer ${BENCH_TOKEN}` },
    });
    const fail = () => this.#begun.reject(new Error("the viewer of the delays was disconnected"));
    this.#socket.onerror = this.#socket.onclose = fail;
    // The first frames hold readings from before the connection.
    const first = Date.now();
    this.#socket.onmessage = ({ data }) => {
      const now = Date.now();
      for (const [, text = ""] of String(data).matchAll(/"timestamp":"([^"]+)"/g).take(MOST_STAMPS)) {
        const read = Date.parse(text);
        if (read > first) this.#delays.push(now - read);
      }
      if (this.#delays.length > 0) this.#begun.resolve();
    };
  }

  /** Settles with the first number from after the connection. */
  get begun(): Promise<void> {
    return this.#begun.promise;
  }

  sorted(): readonly number[] {
    return this.#delays.toSorted((one, other) => one - other);
  }

  [Symbol.dispose](): void {
    this.#begun.resolve();
    this.#socket.close();
  }
}

/** Waits until most containers are known: not all of the simulated ones run at each time. */
async function allKnown(url: string, containers: number): Promise<void> {
  const isKnown = async () => JSON.parse(await newest(url)).length >= containers * MOST_KNOWN;
  while (!await isKnown()) await pause(0.5);
}

/** Returns the length of the newest messages of all running containers. */
async function bytesOf(url: string): Promise<number> {
  return (await newest(`${url}?state=running`)).length;
}

async function newest(url: string): Promise<string> {
  const response = await fetch(url, { headers: { authorization: `Bearer ${BENCH_TOKEN}` } });
  return await response.text();
}
