/** Parses what Compose writes to stdout: the output of builds, as rawjson of BuildKit or as text, and questions. */
import { countOf, fieldsOf, itemsOf, textOf } from "../untrusted_json.ts";
import { BuildLayers, parseBlobStatus } from "./build_layers.ts";
import type { ProgressLine, ResourceProgress } from "./progress.ts";

/** "#7 [2/4] COPY hello /hello", "#7 0.220 hello", "#7 DONE 1.3s" */
const BUILDKIT_TEXT = /^#(\d+) (.+)$/;
const BUILDKIT_END = /^(DONE|CACHED|ERROR|CANCELED)\b:?\s*(.*)$/;
/** "0.220 hello": the seconds since the step began, and a line that it printed. */
const BUILDKIT_LINE = /^\d+\.\d+ (.*)$/;
const BUILDKIT_STEP = /^\[.+\] .+|^(exporting|resolving|importing) .+/;
/** "Step 2/5 : COPY hello /hello" */
const CLASSIC_STEP = /^Step \d+\/\d+ : .+$/;
const CLASSIC_END = /^Successfully built [0-9a-f]+$/;
/** The question ends without a line end. Compose reads its answer from stdin, which is empty, so the answer is no. */
const QUESTION = /^Volume "([^"]+)" exists but doesn't match configuration in compose file\./;
const KEPT =
  "The volume exists with other settings and keeps them. To apply the new settings, remove the volume (its data will be lost) and deploy again.";
/** Limit of steps whose names are remembered, and of their transfers. */
const MAX_STEPS = 5000;

/** Bytes of one part of a step, such as a layer of the base image. */
interface Transfer {
  readonly step: string;
  readonly current: number;
  readonly total: number;
}

/** Parser for the stdout of one run. Nothing in it counts as progress of a resource but a build's steps. */
export class BuildOutput {
  /** Name of each step of BuildKit, by its number or digest. */
  readonly #steps = new Map<string, string>();
  /** Transfers by the step and their id. */
  readonly #transfers = new Map<string, Transfer>();
  readonly #layers = new BuildLayers();
  /** Current step of the classic builder. */
  #classic: string | undefined;
  readonly #decoder = new TextDecoder();

  /** Parses one line. */
  parse(line: string): readonly ProgressLine[] {
    const text = line.trimEnd();
    if (text.trim() === "") return [];
    const volume = QUESTION.exec(text)?.[1];
    if (volume !== undefined) return [keptVolume(volume)];
    const fields = text.startsWith("{") ? rawJson(text) : undefined;
    if (fields !== undefined) return this.#fromRawJson(fields);
    const pulled = this.#pulled(text);
    if (pulled !== undefined) return pulled;
    return [...this.#buildKitStep(text), ...this.#classicStep(text), this.#printed(text)];
  }

  /** Returns the progress of a layer; `undefined` for a line that is not about one. */
  #pulled(text: string): readonly ResourceProgress[] | undefined {
    const [, number = "", rest = ""] = BUILDKIT_TEXT.exec(text) ?? [];
    const name = this.#steps.get(number);
    const status = parseBlobStatus(rest);
    return name === undefined || status === undefined ? undefined : this.#layers.take(name, status);
  }

  /** A line that a step printed names the step. */
  #printed(text: string): ProgressLine {
    const [, number = "", rest = ""] = BUILDKIT_TEXT.exec(text) ?? [];
    const step = this.#steps.get(number);
    const printed = BUILDKIT_LINE.exec(rest)?.[1];
    if (step !== undefined && printed !== undefined) return { kind: "output", message: printed, step };
    return this.#classic === undefined
      ? { kind: "output", message: text }
      : { kind: "output", message: text, step: this.#classic };
  }

  #fromRawJson(fields: Readonly<Record<string, unknown>>): readonly ProgressLine[] {
    const steps = itemsOf(fields["vertexes"]).map(fieldsOf).flatMap((vertex) => this.#vertex(vertex));
    // Checks of the Dockerfile, such as "SecretsUsedInArgOrEnv: … (line 2)".
    const warnings = itemsOf(fields["warnings"]).flatMap((warning) =>
      this.#decoded(textOf(fieldsOf(warning)["short"]) ?? "").trim() || []
    );
    return [
      ...this.#transferred(itemsOf(fields["statuses"]).map(fieldsOf)),
      ...itemsOf(fields["statuses"]).map(fieldsOf).flatMap((status) => this.#layer(status)),
      ...steps,
      ...itemsOf(fields["logs"]).map(fieldsOf).flatMap((entry) => this.#logged(entry)),
      ...warnings.map((message) => ({ kind: "warning" as const, message })),
    ];
  }

  /** Remembers the name of a vertex, which statuses and logs name by its digest. */
  #vertex(vertex: Readonly<Record<string, unknown>>): readonly ResourceProgress[] {
    const [digest, name] = [textOf(vertex["digest"]), textOf(vertex["name"])];
    if (digest !== undefined && name !== undefined && this.#steps.size < MAX_STEPS) {
      this.#steps.set(digest, name);
    }
    const steps = stepOf(vertex);
    return steps.some(({ state }) => state === "done") ? [...this.#layers.end(name ?? ""), ...steps] : steps;
  }

  #layer(status: Readonly<Record<string, unknown>>): readonly ResourceProgress[] {
    const name = this.#steps.get(textOf(status["vertex"]) ?? "");
    if (name === undefined) return [];
    return this.#layers.take(name, {
      id: textOf(status["id"]) ?? "",
      current: countOf(status["current"]) ?? 0,
      total: countOf(status["total"]) ?? 0,
      isDone: status["completed"] !== undefined,
    });
  }

  #logged(entry: Readonly<Record<string, unknown>>): readonly ProgressLine[] {
    const name = this.#steps.get(textOf(entry["vertex"]) ?? "");
    return this.#decoded(textOf(entry["data"]) ?? "").split(/\r\n|\n|\r/).filter((one) => one.trim() !== "")
      .map((message) => ({ kind: "output", message, ...name === undefined ? {} : { step: name } }));
  }

  /** Returns the steps with unfinished transfers whose size is known, each with the sum of its transfers. */
  #transferred(statuses: readonly Readonly<Record<string, unknown>>[]): readonly ResourceProgress[] {
    const changed = new Set<string>();
    for (const status of statuses) {
      const name = this.#steps.get(textOf(status["vertex"]) ?? "");
      const [current = 0, total = 0] = [countOf(status["current"]), countOf(status["total"])];
      if (name === undefined || total === 0) continue;
      const key = JSON.stringify([status["vertex"], status["id"]]);
      if (!this.#transfers.has(key) && this.#transfers.size >= MAX_STEPS) continue;
      this.#transfers.set(key, { step: name, current: Math.min(current, total), total });
      // The end of a transfer may come with the end of its step.
      if (status["completed"] === undefined) changed.add(name);
    }
    return [...changed].map((name) => {
      const parts = [...this.#transfers.values()].filter((one) => one.step === name);
      const sum = (key: "current" | "total") => parts.reduce((bytes, part) => bytes + part[key], 0);
      return { ...step(name, "working", "Running"), current: sum("current"), total: sum("total") };
    });
  }

  #decoded(base64: string): string {
    try {
      return this.#decoder.decode(Uint8Array.from(atob(base64), (char) => char.charCodeAt(0)));
    } catch {
      // Not base64.
      return "";
    }
  }

  #buildKitStep(text: string): readonly ProgressLine[] {
    const [, number = "", rest = ""] = BUILDKIT_TEXT.exec(text) ?? [];
    const name = this.#steps.get(number);
    const [, verb, reason] = BUILDKIT_END.exec(rest) ?? [];
    if (verb !== undefined && name !== undefined) {
      if (verb === "ERROR" || verb === "CANCELED") return [step(name, "error", "Error", reason || undefined)];
      return [...this.#layers.end(name), step(name, "done", verb === "CACHED" ? "Cached" : "Done")];
    }
    if (!BUILDKIT_STEP.test(rest) || name !== undefined || this.#steps.size >= MAX_STEPS) return [];
    this.#steps.set(number, rest);
    return [step(rest, "working", "Running")];
  }

  #classicStep(text: string): readonly ProgressLine[] {
    const begins = CLASSIC_STEP.test(text);
    if (!begins && !CLASSIC_END.test(text)) return [];
    const ended = this.#classic === undefined ? [] : [step(this.#classic, "done", "Done")];
    this.#classic = begins ? text : undefined;
    return begins ? [...ended, step(text, "working", "Running")] : ended;
  }
}

function keptVolume(name: string): ResourceProgress {
  return {
    kind: "resource",
    id: `Volume ${name}`,
    resource: { kind: "volume", name, parent: null },
    state: "warning",
    verb: "Warning",
    reason: KEPT,
    current: undefined,
    total: undefined,
  };
}

function rawJson(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const fields = fieldsOf(JSON.parse(text));
    return ["vertexes", "statuses", "logs", "warnings"].some((key) => Array.isArray(fields[key]))
      ? fields
      : undefined;
  } catch {
    // Output that begins with a brace.
    return undefined;
  }
}

/** Reads a vertex of BuildKit; returns no step before it has started. */
function stepOf(vertex: Readonly<Record<string, unknown>>): readonly ResourceProgress[] {
  const name = textOf(vertex["name"]);
  if (name === undefined) return [];
  const error = textOf(vertex["error"]);
  if (error) return [step(name, "error", "Error", error)];
  if (vertex["cached"] === true) return [step(name, "done", "Cached")];
  if (typeof vertex["completed"] === "string") return [step(name, "done", "Done")];
  return typeof vertex["started"] === "string" ? [step(name, "working", "Running")] : [];
}

function step(
  name: string,
  state: ResourceProgress["state"],
  verb: string,
  reason?: string,
): ResourceProgress {
  const resource = { kind: "step" as const, name, parent: null };
  return { kind: "resource", id: name, resource, state, verb, reason, current: undefined, total: undefined };
}
