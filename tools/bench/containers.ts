/** Idle containers of the benchmark. */
import { docker, IMAGE, OWN_LABEL, type RealEngine } from "../../tests/e2e/engines.ts";
import { tryRun } from "../engine/run.ts";
import { pause, stopped } from "./run.ts";

/** Number of containers that are started at the same time. */
const TOGETHER = 4;
/** Longest time for starting more containers, ms; the measurement uses those that exist then. */
const LONGEST_MS = 90_000;

/** Idle containers on one engine, which are removed with the scope. */
export class IdleContainers implements AsyncDisposable {
  readonly #names: string[] = [];

  private constructor(readonly engine: RealEngine) {}

  /** Starts some containers. */
  static async start(engine: RealEngine, count: number): Promise<IdleContainers> {
    await using stack = new AsyncDisposableStack();
    const containers = stack.use(new IdleContainers(engine));
    await containers.grow(count);
    stack.move();
    return containers;
  }

  /** Number of containers. */
  get count(): number {
    return this.#names.length;
  }

  /** Starts more containers up to a number, or until the time for it is over. */
  async grow(count: number): Promise<void> {
    const end = performance.now() + LONGEST_MS;
    while (this.count < count && performance.now() < end) {
      stopped.throwIfAborted();
      const next = Math.min(TOGETHER, count - this.count);
      await Promise.all(Array.from({ length: next }, () => this.#startOne()));
    }
    await pause(4);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#names.length > 0) await tryRun("docker", ["-H", this.engine.url, "rm", "-f", ...this.#names]);
  }

  async #startOne(): Promise<void> {
    const name = `dockstat-bench-${this.#names.length}`;
    this.#names.push(name);
    const network = this.engine.name === "distribution" ? "--network=none" : "--network=bridge";
    const options = ["--name", name, "--label", OWN_LABEL, network];
    await docker(this.engine, "run", "-d", ...options, IMAGE, "sleep", "100000");
  }
}
