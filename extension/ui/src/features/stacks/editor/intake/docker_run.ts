/** Pure: converts a `docker run` command to a compose file. Nothing is run, expanded or read. */
// @ts-types="./composerize.d.ts"
import composerize from "composerize";
import { parse, stringify } from "yaml";
import { INTAKE_LABELS } from "../../model/plan/labels_intake.ts";
import { words } from "./words.ts";

/** A converted command. */
export interface Converted {
  readonly compose: string;
  /** Name of the container, for the stack; empty without one. */
  readonly name: string;
  /** Sentences about flags that the compose file does not have. */
  readonly warnings: readonly string[];
}

type Fields = Record<string, unknown>;

/** Longest command, characters. */
const MOST = 20_000;
/** Flags that composerize drops without a message. */
const DROPPED: readonly string[] = ["--rm", "--cidfile", "--detach-keys", "--sig-proxy", "-a", "--attach"];

/**
 * Converts a command.
 *
 * @returns The compose file, or a sentence about what is wrong.
 */
export function convertDockerRun(text: string): Converted | string {
  const command = text.trim().replace(/\\\r?\n/g, " ");
  if (command.length > MOST) return INTAKE_LABELS.tooLong;
  const parts = words(command);
  if (parts === undefined) return INTAKE_LABELS.oneCommand;
  const [program = "", ...rest] = parts[0] === "sudo" ? parts.slice(1) : parts;
  const verbs = rest[0] === "container" ? rest.slice(1) : rest;
  if (!/^(docker|podman)$/.test(program) || !/^(run|create)$/.test(verbs[0] ?? "")) {
    return INTAKE_LABELS.noDockerRun;
  }
  try {
    return toCompose(composerize(command, null, "latest", 2), verbs.slice(1));
  } catch {
    return INTAKE_LABELS.notConverted;
  }
}

function toCompose(output: string, flags: readonly string[]): Converted | string {
  const { name: _, services = {}, ...rest } = (parse(output) ?? {}) as Fields & {
    services?: Record<string, Fields>;
  };
  const [entry] = Object.entries(services);
  if (entry === undefined || typeof entry[1]["image"] !== "string") return INTAKE_LABELS.notConverted;
  const [service, { container_name: own, ...keys }] = entry;
  const warnings = [...ignoredIn(output), ...droppedOf(flags)];
  const project = { services: { [service]: corrected(keys, warnings) }, ...rest, ...createdVolumes(rest) };
  const result = stringify(project, { lineWidth: 0 });
  // Compose reads "$" as the start of a variable.
  return { compose: result.replaceAll("$", "$$$$"), name: typeof own === "string" ? own : "", warnings };
}

/** Returns a service with the keys of the Compose specification. */
function corrected({ volume_from: from, env_file: files, ...service }: Fields, warnings: string[]): Fields {
  if (files !== undefined) {
    for (const file of [files].flat()) warnings.push(INTAKE_LABELS.envFile(String(file)));
  }
  const grace = service["stop_grace_period"];
  const volumes = service["volumes"];
  return {
    ...service,
    ...from === undefined ? {} : { volumes_from: from },
    ...typeof grace === "string" && /^\d+$/.test(grace) ? { stop_grace_period: `${grace}s` } : {},
    ...Array.isArray(volumes) ? { volumes: volumes.map(correctedMount) } : {},
  };
}

/** Returns the named volumes without `external`: `docker run` creates those that do not exist, and Compose does too. */
function createdVolumes({ volumes }: Fields): Fields {
  if (typeof volumes !== "object" || volumes === null) return {};
  const created = Object.entries(volumes).map(([key, volume]) => {
    const { external: _, ...others } = (volume ?? {}) as Fields;
    return [key, others];
  });
  return { volumes: Object.fromEntries(created) };
}

function correctedMount(mount: unknown): unknown {
  if (typeof mount !== "object" || mount === null) return mount;
  const names: Readonly<Record<string, string>> = { src: "source", dst: "target", destination: "target" };
  return Object.fromEntries(Object.entries(mount).map(([key, value]) => [names[key] ?? key, value]));
}

/** Returns the options that composerize lists as ignored. */
function ignoredIn(output: string): string[] {
  return [...output.matchAll(/^# (-\S.*)$/gm)].map(([, option]) => INTAKE_LABELS.ignored(option!));
}

function droppedOf(flags: readonly string[]): string[] {
  const names = flags.map((flag) => flag.split("=", 1)[0]!);
  return DROPPED.filter((name) => names.includes(name)).map(INTAKE_LABELS.ignored);
}
