/** Sizes of images, volumes and containers, which an engine measures on demand and slowly. */
import type { Engine } from "../docker/engine.ts";
import { untilAborted } from "../duration.ts";
import { reason } from "../errors.ts";
import { countOf, fieldsOf, itemsOf, textOf } from "../untrusted_json.ts";

/** Sizes in bytes: of images by id, without the layers that others share; of volumes by name; of containers by id. */
export interface MeasuredSizes {
  readonly images: ReadonlyMap<string, number>;
  readonly volumes: ReadonlyMap<string, number>;
  readonly containers: ReadonlyMap<string, number>;
  /** The reason why sizes are missing; `null` once the engine has measured. */
  readonly reason: string | null;
}

/** Bounds of measurements, ms. */
export interface SizeTimes {
  /** Age up to which sizes count as current. */
  readonly freshMs: number;
  /** Longest measurement. */
  readonly mostMs: number;
}

const TIMES: SizeTimes = { freshMs: 20_000, mostMs: 120_000 };
/** Age up to which metrics show a size, ms. */
const KNOWN_MS = 3_600_000;
/** An engine before API 1.42 ignores the types and measures everything. */
const PATH = "/system/df?type=image&type=volume&type=container";
/** No sizes, before the engine is asked for any. */
export const NOT_MEASURED: MeasuredSizes = {
  ...{ images: new Map(), volumes: new Map(), containers: new Map(), reason: null },
};

interface Measurement {
  sizes: MeasuredSizes | undefined;
  /** Time of the sizes, as of `performance.now()`. */
  at: number;
  running: Promise<void> | undefined;
}

/** The sizes of all hosts, one measurement per host at a time. Disposing it ends the measurements. */
export class Sizes implements AsyncDisposable {
  readonly #hosts = new Map<string, Measurement>();
  readonly #end = new AbortController();

  constructor(readonly times: SizeTimes = TIMES) {}

  /**
   * Returns the sizes of a host, the last known ones when the engine does not measure in time. The measurement continues,
   * so that a later request finds its result.
   *
   * @param patienceMs Longest wait, ms.
   */
  async of(hostId: string, engine: Engine, patienceMs: number): Promise<MeasuredSizes> {
    const host = this.#hosts.get(hostId) ?? { sizes: undefined, at: -Infinity, running: undefined };
    this.#hosts.set(hostId, host);
    if (host.sizes !== undefined && performance.now() - host.at < this.times.freshMs) return host.sizes;
    host.running ??= this.#measure(host, engine).finally(() => host.running = undefined);
    try {
      await untilAborted(host.running, AbortSignal.timeout(patienceMs));
      return host.sizes ?? NOT_MEASURED;
    } catch {
      const reason = `Measuring takes longer than ${patienceMs / 1000} s. Load the list again later.`;
      return { ...host.sizes ?? NOT_MEASURED, reason };
    }
  }

  /** Returns the size of a container's writable layer, bytes, if it was measured lately; never measures. */
  containerBytes(hostId: string, id: string): number | null {
    const host = this.#hosts.get(hostId);
    if (host?.sizes === undefined || performance.now() - host.at > KNOWN_MS) return null;
    return host.sizes.containers.get(id) ?? null;
  }

  /** Makes the next request measure again. */
  outdate(hostId: string): void {
    const host = this.#hosts.get(hostId);
    if (host !== undefined) host.at = -Infinity;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#end.abort();
    await Promise.all([...this.#hosts.values()].map(({ running }) => running));
  }

  async #measure(host: Measurement, engine: Engine): Promise<void> {
    const signal = AbortSignal.any([this.#end.signal, AbortSignal.timeout(this.times.mostMs)]);
    const startedAt = performance.now();
    try {
      host.sizes = toSizes(await untilAborted(engine.call({ method: "GET", path: PATH }, signal), signal));
      host.at = startedAt;
    } catch (error) {
      const why = signal.aborted ? `it took longer than ${this.times.mostMs / 1000} s` : reason(error);
      host.sizes = { ...host.sizes ?? NOT_MEASURED, reason: `The engine could not measure: ${why}` };
    }
  }
}

/** Converts the answer of `GET /system/df`; the engine writes -1 for a size that it does not know. */
export function toSizes(answer: unknown): MeasuredSizes {
  const { Images, Volumes, Containers } = fieldsOf(answer);
  return {
    images: byKey(Images, "Id", ({ Size, SharedSize }) => difference(Size, SharedSize)),
    volumes: byKey(Volumes, "Name", ({ UsageData }) => countOf(fieldsOf(UsageData)["Size"])),
    // The engine leaves out the size of a container that has written nothing.
    containers: byKey(Containers, "Id", ({ SizeRw }) => countOf(SizeRw ?? 0)),
    reason: null,
  };
}

function difference(size: unknown, shared: unknown): number | undefined {
  const [all, others] = [countOf(size), countOf(shared)];
  return all === undefined || others === undefined ? undefined : Math.max(0, all - others);
}

function byKey(
  list: unknown,
  key: string,
  sizeOf: (fields: Readonly<Record<string, unknown>>) => number | undefined,
): ReadonlyMap<string, number> {
  const sizes = new Map<string, number>();
  for (const fields of itemsOf(list).map(fieldsOf)) {
    const [name, size] = [textOf(fields[key]), sizeOf(fields)];
    if (name !== undefined && size !== undefined) sizes.set(name, Math.round(size));
  }
  return sizes;
}
