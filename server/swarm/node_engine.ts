/** The engine of a node that was found behind a name: it must stay the node that it was found as. */
import type { Container } from "../docker/container.ts";
import type { OutputLine } from "../docker/demux.ts";
import type {
  ContainerEvent,
  Engine,
  EngineCall,
  EngineInfo,
  EngineStream,
  EventSpan,
  OutputRequest,
} from "../docker/engine.ts";
import type { RawStats } from "../docker/sample.ts";
import { AppError } from "../errors.ts";
import { fieldsOf, textOf } from "../untrusted_json.ts";

/** A node of a swarm, as far as its engine must be checked. */
export interface SwarmNode {
  /** Swarm's id of the node. */
  readonly id: string;
  /** True without verified TLS: anything behind the name could be the engine. */
  readonly viewOnly: boolean;
}

/** Returns the node id that an engine reports; `undefined` if it is in no swarm. */
export async function nodeIdOf(
  engine: Pick<Engine, "call">,
  signal: AbortSignal,
): Promise<string | undefined> {
  const info = fieldsOf(await engine.call({ method: "GET", path: "/info" }, signal));
  const { NodeID, LocalNodeState } = fieldsOf(info["Swarm"]);
  const id = textOf(NodeID);
  return LocalNodeState === "active" && id !== undefined && isNodeId(id) ? id : undefined;
}

/** Reports whether a text has the form of Swarm's ids. */
export function isNodeId(text: string): boolean {
  return /^[0-9a-z]{1,32}$/.test(text);
}

/** An engine that refuses to be another node, and, when it is view only, to change anything or to run programs. */
export class NodeEngine implements Engine {
  constructor(readonly inner: Engine, readonly node: SwarmNode) {}

  get url(): string {
    return this.inner.url;
  }

  async connect(signal: AbortSignal): Promise<EngineInfo> {
    const info = await this.inner.connect(signal);
    const found = await nodeIdOf(this.inner, signal);
    if (found === this.node.id) return info;
    await this.inner[Symbol.asyncDispose]();
    const what = found === undefined ? "is in no swarm" : `is node ${found}`;
    throw new AppError(
      "engine-unreachable",
      `the engine at ${this.url} is not node ${this.node.id}: it ${what}`,
    );
  }

  ping(signal: AbortSignal): Promise<number | undefined> {
    return this.inner.ping(signal);
  }

  list(signal: AbortSignal, ids?: readonly string[]): Promise<readonly Container[]> {
    return this.inner.list(signal, ids);
  }

  inspect(container: Container, signal: AbortSignal): Promise<Container | undefined> {
    return this.inner.inspect(container, signal);
  }

  events(
    signal: AbortSignal,
    patience: AbortSignal,
    span?: EventSpan,
  ): Promise<AsyncIterable<ContainerEvent>> {
    return this.inner.events(signal, patience, span);
  }

  stats(id: string, signal: AbortSignal): Promise<RawStats | undefined> {
    return this.inner.stats(id, signal);
  }

  statsStream(id: string, signal: AbortSignal): AsyncIterable<RawStats> {
    return this.inner.statsStream(id, signal);
  }

  output(id: string, request: OutputRequest, signal: AbortSignal): AsyncIterable<readonly OutputLine[]> {
    return this.inner.output(id, request, signal);
  }

  async call(request: EngineCall, signal: AbortSignal): Promise<unknown> {
    if (request.method !== "GET") this.#checkChange();
    return await this.inner.call(request, signal);
  }

  async attach(request: EngineCall, signal: AbortSignal): Promise<EngineStream> {
    this.#checkChange();
    return await this.inner.attach(request, signal);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.inner[Symbol.asyncDispose]();
  }

  #checkChange(): void {
    if (!this.node.viewOnly) return;
    throw new AppError("forbidden", "This node of a swarm is view only: its connection has no verified TLS");
  }
}
