/** Negotiates the API version and detects the kind of engine. */
import { untilAborted } from "../duration.ts";
import { accepted, refusal } from "./answer.ts";
import type { EngineInfo } from "./engine.ts";
import type { HttpClient } from "./http_client.ts";
import { headerOf } from "./text/http_head.ts";
import { countOf, fieldsOf, textOf } from "../untrusted_json.ts";

/** Newest API version that DockStat is tested with; later engines still support it. */
const NEWEST_API = "1.51";
/** API version of engines that do not report one. */
const OLDEST_API = "1.24";
/** Longest version of an engine that is repeated, characters; with its product at most 128 bytes, for metrics. */
const LONGEST_VERSION = 40;
/** First API version whose one-shot samples are answered at once (Docker 25). */
const BURST_API = "1.44";

/**
 * Asks whether the engine answers.
 *
 * @returns the head of its answer, which names its API version.
 * @throws {AppError} "engine-refused" when something else answers; the system's error when nothing does.
 */
export async function ping(client: HttpClient, signal: AbortSignal): Promise<string> {
  const answer = await untilAborted(client.get("/_ping", signal), signal);
  if (answer.head.status !== 200) throw refusal(answer);
  return answer.head.text;
}

/**
 * Asks `/_ping` without a version, then `/info` with the version agreed on.
 *
 * @throws {AppError} "engine-refused"; the system's error when the engine does not answer.
 */
export async function negotiate(client: HttpClient, signal: AbortSignal): Promise<EngineInfo> {
  const head = await ping(client, signal);
  const apiVersion = older(versionOf(headerOf(head, "api-version")) ?? OLDEST_API, NEWEST_API);
  const podman = headerOf(head, "libpod-api-version") !== undefined ||
    /libpod/i.test(headerOf(head, "server") ?? "");
  const asked = Date.now();
  const info = fieldsOf(accepted(await client.get(`/v${apiVersion}/info`, signal)));
  const now = (asked + Date.now()) / 2;
  return {
    product: `${podman ? "Podman" : "Docker"} ${
      textOf(info["ServerVersion"])?.slice(0, LONGEST_VERSION) ?? ""
    }`.trim(),
    apiVersion,
    os: info["OSType"] === "windows" ? "windows" : "linux",
    cpus: countOf(info["NCPU"]) || 1,
    memoryBytes: countOf(info["MemTotal"]) ?? 0,
    // Podman answers one sample at once, and a stream only every five seconds.
    bursts: podman || compareVersions(apiVersion, BURST_API) >= 0,
    clockOffsetMs: (Date.parse(textOf(info["SystemTime"]) ?? "") || now) - now,
    dataFolder: textOf(info["DockerRootDir"]),
    cpuClock: podman ? "clock" : "system",
  };
}

function versionOf(text: string | undefined): string | undefined {
  return text !== undefined && /^\d{1,4}\.\d{1,4}$/.test(text) ? text : undefined;
}

function older(one: string, other: string): string {
  return compareVersions(one, other) <= 0 ? one : other;
}

/** Compares version numbers; negative when `one` is older, 0 when equal, positive when newer. */
export function compareVersions(one: string, other: string): number {
  const [a, b] = [one, other].map((version) => version.split(".").map(Number)) as [number[], number[]];
  return (a[0] ?? 0) - (b[0] ?? 0) || (a[1] ?? 0) - (b[1] ?? 0);
}
