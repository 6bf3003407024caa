/** Exports the metrics to a receiver of OpenTelemetry in regular intervals. */
import { readSecret } from "../alerts/channels/secrets.ts";
import type { OtlpSettings } from "../config/otlp.ts";
import { pause, untilAborted } from "../duration.ts";
import { reason } from "../errors.ts";
import type { Metric } from "../http/prometheus_text.ts";
import { getLogger } from "../log/log.ts";
import type { OutboundClient } from "../outbound/client.ts";
import type { OutboundOutcome } from "../outbound/outcome.ts";
import { countOf, fieldsOf } from "../untrusted_json.ts";
import { exportRequests } from "./export_request.ts";

/** Longest time between two attempts after failures, ms; longer intervals of the configuration remain. */
const LONGEST_BACKOFF_MS = 300_000;
/** Largest answer that is read, bytes. */
const MAX_ANSWER_BYTES = 65_536;

const log = getLogger(["dockstat", "otlp"]);

/** Parts of an {@linkcode OtlpExporter}. */
export interface OtlpParts {
  readonly settings: OtlpSettings;
  readonly outbound: Pick<OutboundClient, "request">;
  /** Returns the current metrics. */
  readonly metrics: () => Promise<readonly Metric[]>;
  /** Returns a variable of the environment. */
  readonly env: (name: string) => string | undefined;
  /** Identifies this server among others. */
  readonly instance: string;
  /** Waits between two exports; a test replaces it. */
  readonly wait?: (ms: number, signal: AbortSignal) => Promise<void>;
}

/** A failed export. */
class ExportFailure extends Error {
  override readonly name = "ExportFailure";

  /** @param retryMs Time before the next request that the receiver asks for, ms. */
  constructor(message: string, readonly retryMs = 0) {
    super(message);
  }
}

/**
 * Sends all metrics until it is disposed. Nothing is queued: counters are totals, so the next export after a failure
 * carries what the failed one would have.
 */
export class OtlpExporter implements AsyncDisposable {
  readonly #end = new AbortController();
  readonly #running: Promise<void>;
  /** Failures since the last success, and the reason of the newest. */
  #failures = 0;
  #reported: string | undefined;

  constructor(readonly parts: OtlpParts) {
    this.#running = this.#run();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#end.abort();
    await this.#running;
  }

  async #run(): Promise<void> {
    const { signal } = this.#end;
    const wait = this.parts.wait ?? pause;
    while (!signal.aborted) {
      const retryMs = await this.#attempt(signal);
      if (!signal.aborted) await wait(this.#waitMs(retryMs), signal);
    }
  }

  /** Exports once, and returns the time before the next request that the receiver asks for, ms; never rejects. */
  async #attempt(signal: AbortSignal): Promise<number> {
    try {
      await this.#export(signal);
      if (this.#failures > 0) log.info("OpenTelemetry: the export works again");
      this.#failures = 0;
      this.#reported = undefined;
      return 0;
    } catch (error) {
      if (signal.aborted) return 0;
      this.#failures++;
      this.#warn(reason(error));
      return error instanceof ExportFailure ? error.retryMs : 0;
    }
  }

  /** Logs a failure once per reason. */
  #warn(why: string): void {
    if (why === this.#reported) return;
    this.#reported = why;
    log.warn("OpenTelemetry: cannot export to {endpoint}: {why}. Trying again", {
      endpoint: new URL(this.parts.settings.url).origin,
      why,
    });
  }

  #waitMs(retryMs: number): number {
    const { everyMs } = this.parts.settings;
    const longest = Math.max(everyMs, LONGEST_BACKOFF_MS);
    const backoff = Math.min(everyMs * 2 ** Math.max(0, Math.min(this.#failures, 16) - 1), longest);
    return Math.min(Math.max(backoff, retryMs), longest);
  }

  async #export(signal: AbortSignal): Promise<void> {
    const { settings, instance, metrics, env } = this.parts;
    const secrets = Object.entries(settings.headers).map(([name, from]) => [name, readSecret(from, env)]);
    const headers = { ...Object.fromEntries(secrets), "content-type": "application/json" };
    const values = await untilAborted(metrics(), signal);
    for (const body of exportRequests(values, { atMs: Date.now(), instance })) {
      signal.throwIfAborted();
      const request = { url: settings.url, method: "POST", headers, body, signal } as const;
      const outcome = await this.parts.outbound.request({ ...request, maxBytes: MAX_ANSWER_BYTES });
      check(outcome);
    }
  }
}

/** @throws {ExportFailure} unless the receiver has accepted all values. */
function check(outcome: OutboundOutcome): void {
  if (outcome.kind !== "answered") throw new ExportFailure(describe(outcome));
  const { status, headers, body } = outcome;
  if (status < 200 || status > 299) {
    throw new ExportFailure(`the receiver answered ${status}`, retryMsOf(headers["retry-after"]));
  }
  const rejected = rejectedPoints(body);
  if (rejected > 0) throw new ExportFailure(`the receiver rejected ${rejected} values`);
}

function describe(outcome: Exclude<OutboundOutcome, { kind: "answered" }>): string {
  if (outcome.kind === "timeout") return "no answer in time";
  if (outcome.kind === "too-large") return "the answer is too long";
  if (outcome.kind === "unreachable") return `unreachable (${outcome.why})`;
  return outcome.why === "redirect" || outcome.why === "scheme"
    ? `a ${outcome.why} is refused`
    : `its address is refused (${outcome.why}); "outbound: { allow: [...] }" in dockstat.yaml can admit it`;
}

/** Returns the number of values that a receiver reports as rejected, without the text that it sends with it. */
function rejectedPoints(body: Uint8Array): number {
  try {
    const { partialSuccess } = fieldsOf(JSON.parse(new TextDecoder().decode(body)));
    const { rejectedDataPoints } = fieldsOf(partialSuccess);
    // JSON has 64 bits as a text; some receivers send a number.
    return countOf(Number(rejectedDataPoints ?? 0)) ?? 0;
  } catch {
    // An answer without JSON has no partial success.
    return 0;
  }
}

function retryMsOf(seconds: string | undefined): number {
  return /^\d{1,9}$/.test(seconds ?? "") ? Number(seconds) * 1000 : 0;
}
