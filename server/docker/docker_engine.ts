/** A real engine: its statistics are read over kept-alive connections, other calls are made by dockerode. */
import type { Endpoint } from "../config/docker_context.ts";
import { AppError } from "../errors.ts";
import {
  type Container,
  type RawContainer,
  type RawInspection,
  toContainer,
  withInspection,
} from "./container.ts";
import { readOutput } from "./container_output.ts";
import type { OutputLine } from "./demux.ts";
import { CONTAINER_ID, toContainerEvent } from "./container_event.ts";
import type {
  ContainerEvent,
  Engine,
  EngineCall,
  EngineInfo,
  EngineStream,
  EventSpan,
  OutputRequest,
} from "./engine.ts";
import type { openDockerode } from "./dockerode.ts";
import { engineError } from "./engine_error.ts";
import { headerOf } from "./text/http_head.ts";
import { untilAborted } from "../duration.ts";
import { accepted, acceptedObject, completed, refusal } from "./answer.ts";
import type { Answer, HttpClient } from "./http_client.ts";
import { jsonLines } from "./json_lines.ts";
import { fieldsOf, textOf } from "../untrusted_json.ts";
import { negotiate, ping } from "./negotiate.ts";
import type { RawStats } from "./sample.ts";
import { openTransport, publicUrl, type Transport } from "./transport.ts";

/** Events that change what DockStat reports; health checks alone cause many more. */
const EVENTS = [
  ...["create", "start", "die", "stop", "pause", "unpause", "rename", "destroy"],
  ...["health_status", "update", "oom", "kill"],
];

/** Creates an engine without connecting; {@linkcode Engine.connect} opens the connection. */
export function openEngine(endpoint: Endpoint): Engine {
  return new DockerEngine(endpoint);
}

interface Connection {
  readonly transport: Transport;
  readonly client: HttpClient;
  /** API version prefix of the paths of statistics requests. */
  readonly prefix: string;
  readonly info: EngineInfo;
  /** Opened with the first call that needs it. */
  docker?: ReturnType<typeof openDockerode>;
}

class DockerEngine implements Engine {
  readonly url: string;
  readonly #endpoint: Endpoint;
  #connection: Connection | undefined;

  constructor(endpoint: Endpoint) {
    this.#endpoint = endpoint;
    this.url = publicUrl(endpoint);
  }

  async connect(signal: AbortSignal): Promise<EngineInfo> {
    await this[Symbol.asyncDispose]();
    return await this.#withEngineError(async () => {
      const transport = await openTransport(this.#endpoint, signal);
      try {
        const info = await negotiate(transport.client, signal);
        this.#connection = { transport, client: transport.client, prefix: `/v${info.apiVersion}`, info };
        return info;
      } catch (error) {
        await transport[Symbol.asyncDispose]();
        throw error;
      }
    });
  }

  async ping(signal: AbortSignal): Promise<number | undefined> {
    return await this.#withEngineError(async () => {
      const asked = Date.now();
      const head = await ping(this.#open().client, signal);
      return clockOffset(headerOf(head, "date"), asked, Date.now());
    });
  }

  async list(signal: AbortSignal, ids?: readonly string[]): Promise<readonly Container[]> {
    const query = new URLSearchParams({ all: "1", ...(ids ? { filters: JSON.stringify({ id: ids }) } : {}) });
    const found = await this.#withEngineError(() => this.#listed(`/containers/json?${query}`, signal));
    // Every known container would count as removed.
    if (!Array.isArray(found)) {
      throw new AppError("engine-refused", "the answer to the request for the containers is not a list");
    }
    return found.filter(isContainer).map(toContainer);
  }

  async inspect(container: Container, signal: AbortSignal): Promise<Container | undefined> {
    const { client, prefix, info } = this.#open();
    return await this.#withEngineError(async () => {
      const answer = await client.get(`${prefix}/containers/${container.id}/json`, signal);
      if (isGone(answer)) return undefined;
      const inspection = acceptedObject(answer);
      if (textOf(fieldsOf(inspection["State"])["Status"]) === undefined) {
        throw new AppError("engine-refused", "the inspection has no state");
      }
      return withInspection(container, inspection as RawInspection, info);
    });
  }

  async events(
    signal: AbortSignal,
    patience: AbortSignal,
    span?: EventSpan,
  ): Promise<AsyncIterable<ContainerEvent>> {
    const { client, prefix, info } = this.#open();
    // Podman uses other names for some events.
    const event = info.product.startsWith("Docker") ? { event: EVENTS } : {};
    const query = new URLSearchParams({
      filters: JSON.stringify({ type: ["container"], ...event }),
      ...span && { since: (span.sinceMs / 1000).toFixed(3), until: (span.untilMs / 1000).toFixed(3) },
    });
    return await this.#withEngineError(async () => {
      const opened = await untilAborted(client.open(`${prefix}/events?${query}`, signal), patience);
      if ("head" in opened) throw refusal(opened);
      return this.#readEvents(opened, signal);
    });
  }

  async *#readEvents(chunks: AsyncIterable<Uint8Array>, signal: AbortSignal): AsyncGenerator<ContainerEvent> {
    try {
      for await (const raw of jsonLines(chunks)) {
        const event = toContainerEvent(raw);
        if (event !== undefined) yield event;
      }
    } catch (error) {
      if (!signal.aborted) throw engineError(error, this.#endpoint);
    }
  }

  async stats(id: string, signal: AbortSignal): Promise<RawStats | undefined> {
    return await this.#withEngineError(async () => {
      const { client, prefix } = this.#open();
      const path = `${prefix}/containers/${id}/stats?stream=false&one-shot=true`;
      const answer = await client.get(path, signal, "reading");
      return isGone(answer) ? undefined : acceptedObject(answer) as RawStats;
    });
  }

  async *statsStream(id: string, signal: AbortSignal): AsyncGenerator<RawStats> {
    try {
      const { client, prefix } = this.#open();
      const chunks = client.stream(`${prefix}/containers/${id}/stats?stream=true`, signal);
      for await (const raw of jsonLines(withoutRefusal(chunks))) yield raw as RawStats;
    } catch (error) {
      if (!signal.aborted) throw engineError(error, this.#endpoint);
    }
  }

  async *output(
    id: string,
    request: OutputRequest,
    signal: AbortSignal,
  ): AsyncGenerator<readonly OutputLine[]> {
    try {
      const { client, prefix } = this.#open();
      yield* readOutput(client, `${prefix}/containers/${id}`, request, signal);
    } catch (error) {
      if (!signal.aborted) throw engineError(error, this.#endpoint);
    }
  }

  async call(request: EngineCall, signal: AbortSignal): Promise<unknown> {
    const connection = this.#open();
    return await this.#withEngineError(async () => {
      const { openDockerode, sendWith } = await import("./dockerode.ts");
      const { transport, info: { apiVersion } } = connection;
      connection.docker ??= openDockerode(transport.address, `v${apiVersion}`);
      return completed(await untilAborted(sendWith(connection.docker, request, signal), signal));
    });
  }

  async attach({ path, body }: EngineCall, signal: AbortSignal): Promise<EngineStream> {
    const { client, prefix } = this.#open();
    return await this.#withEngineError(async () => {
      const opened = await client.upgrade(prefix + path, body, signal);
      if ("head" in opened) throw refusal(opened);
      return opened;
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const connection = this.#connection;
    this.#connection = undefined;
    await connection?.transport[Symbol.asyncDispose]();
  }

  async #listed(path: string, signal: AbortSignal): Promise<unknown> {
    const { client, prefix } = this.#open();
    return accepted(await client.get(prefix + path, signal, "list"));
  }

  #open(): Connection {
    if (this.#connection !== undefined) return this.#connection;
    throw new AppError("engine-unreachable", `not connected to ${this.url}`);
  }

  async #withEngineError<T>(call: () => Promise<T>): Promise<T> {
    try {
      return await call();
    } catch (error) {
      throw engineError(error, this.#endpoint);
    }
  }
}

/** Keeps entries with a valid id; others can be neither reported nor inspected. */
function isContainer(raw: unknown): raw is RawContainer {
  return CONTAINER_ID.test(textOf(fieldsOf(raw)["Id"]) ?? "");
}

/** Returns the time of an answer's head minus ours, ms. The head states whole seconds, on average half of one ago. */
function clockOffset(date: string | undefined, asked: number, answered: number): number | undefined {
  const ms = Date.parse(date ?? "");
  return Number.isNaN(ms) ? undefined : ms + 500 - (asked + answered) / 2;
}

function isGone({ head }: Answer): boolean {
  return head.status === 404 || head.status === 409;
}

/** Yields the chunks of a stream; a removed container has none, and any other refusal is an error. */
async function* withoutRefusal(
  chunks: AsyncGenerator<Uint8Array, Answer | undefined>,
): AsyncGenerator<Uint8Array> {
  const refusal = yield* chunks;
  if (refusal !== undefined && !isGone(refusal)) accepted(refusal);
}
