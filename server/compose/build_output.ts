/** Parses what Compose writes to stdout: the output of builds, as rawjson of BuildKit or as text, and questions. */
import { fieldsOf, itemsOf, textOf } from "../untrusted_json.ts";
import type { ProgressLine, ResourceProgress } from "./progress.ts";

/** "#7 [2/4] COPY hello /hello", "#7 0.220 hello", "#7 DONE 1.3s" */
const BUILDKIT_TEXT = /^#(\d+) (.+)$/;
const BUILDKIT_END = /^(DONE|CACHED|ERROR|CANCELED)\b:?\s*(.*)$/;
const BUILDKIT_STEP = /^\[.+\] .+|^(exporting|resolving|importing) .+/;
/** "Step 2/5 : COPY hello /hello" */
const CLASSIC_STEP = /^Step \d+\/\d+ : .+$/;
const CLASSIC_END = /^Successfully built [0-9a-f]+$/;
/** The question ends without a line end. Compose reads its answer from stdin, which is empty, so the answer is no. */
const QUESTION = /^Volume "([^"]+)" exists but doesn't match configuration in compose file\./;
const KEPT =
  "The volume exists with other settings and keeps them. To apply the new settings, remove the volume (its data will be lost) and deploy again.";
/** Limit of steps whose names are remembered. */
const MAX_STEPS = 5000;

/** Parser for the stdout of one run. Nothing in it counts as progress of a resource but a build's steps. */
export class BuildOutput {
  /** Name of each step of BuildKit, by its number or digest. */
  readonly #steps = new Map<string, string>();
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
    return [...this.#buildKitStep(text), ...this.#classicStep(text), { kind: "output", message: text }];
  }

  #fromRawJson(fields: Readonly<Record<string, unknown>>): readonly ProgressLine[] {
    const steps = itemsOf(fields["vertexes"]).flatMap((vertex) => stepOf(fieldsOf(vertex)));
    const lines = itemsOf(fields["logs"]).flatMap((entry) => {
      const text = this.#decoded(textOf(fieldsOf(entry)["data"]) ?? "");
      return text.split(/\r\n|\n|\r/).filter((one) => one.trim() !== "");
    });
    // Checks of the Dockerfile, such as "SecretsUsedInArgOrEnv: … (line 2)".
    const warnings = itemsOf(fields["warnings"]).flatMap((warning) =>
      this.#decoded(textOf(fieldsOf(warning)["short"]) ?? "").trim() || []
    );
    return [
      ...steps,
      ...lines.map((message) => ({ kind: "output" as const, message })),
      ...warnings.map((message) => ({ kind: "warning" as const, message })),
    ];
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
      return [step(name, "done", verb === "CACHED" ? "Cached" : "Done")];
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
