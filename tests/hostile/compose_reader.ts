/** Reads generated texts as DockStat and as Compose do. */
import fc from "fast-check";
import { findCompose } from "../../server/compose/command.ts";
import { parseCompose } from "../../server/compose/compose_yaml.ts";
import { ComposeProgram } from "../../server/compose/compose.ts";
import { findUnsupportedValue, findUnsupportedYaml } from "../../server/stacks/validate/plain_yaml.ts";
import { findAmbiguousYaml } from "../../server/stacks/validate/yaml_tokens.ts";
import type { TemporaryFolder } from "../fakes/folder.ts";

const SEED = 20_261_125;
const PARALLEL = 2;

const env = { PATH: Deno.env.get("PATH") ?? "", HOME: Deno.env.get("HOME") ?? "" };

/** True if Compose is installed. */
export const isInstalled: boolean = await findCompose(env).then(() => true, () => false);

/** Number of accepted texts that a test compares; `deno task test:long` sets a larger one. */
export const COUNT: number = Number(Deno.env.get("DOCKSTAT_TEST_READINGS") ?? 500);

/** A text that DockStat accepts, and its value. */
export interface Accepted {
  readonly text: string;
  readonly value: unknown;
}

/** Reads a text as DockStat does; `undefined` when it refuses the text. */
export async function read(text: string): Promise<unknown> {
  if (findUnsupportedYaml(text) !== undefined || await findAmbiguousYaml(text) !== undefined) {
    return undefined;
  }
  try {
    const value = await parseCompose(text);
    return findUnsupportedValue(value) === undefined ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Generates texts and returns the first ones that DockStat accepts, with their values. */
export async function accepted(
  generated: fc.Arbitrary<string>,
  count: number,
  read: (text: string) => Promise<unknown>,
): Promise<Accepted[]> {
  const found = new Map<string, unknown>();
  for (let round = 0; found.size < count; round++) {
    for (const text of fc.sample(generated, { numRuns: count, seed: SEED + round })) {
      const value = await read(text);
      if (value !== undefined && found.size < count) found.set(text, value);
    }
  }
  return [...found].map(([text, value]) => ({ text, value }));
}

/** Calls a function for each item, several at a time. */
export async function inParallel<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const open = [...items];
  await Promise.all(Array.from({ length: PARALLEL }, async () => {
    for (let item = open.pop(); item !== undefined; item = open.pop()) await work(item);
  }));
}

/** Reads texts as Compose does. */
export class Reader {
  readonly #compose = new ComposeProgram(env);
  #calls = 0;
  /** Number of texts that Compose has accepted. */
  accepted = 0;

  constructor(readonly folder: TemporaryFolder) {}

  /** Reads a text as Compose does; `undefined` when it refuses the text. */
  async read(text: string): Promise<Record<string, unknown> | undefined> {
    const compose = this.folder.path(`${this.#calls++}.yaml`);
    await Deno.writeTextFile(compose, text);
    const files = { folder: this.folder.path(""), compose, env: undefined };
    const project = { name: "reading", endpoint: { url: "unix:///none" }, files };
    const { code, output } = await this.#compose.config(project, new AbortController().signal, "written");
    await Deno.remove(compose);
    return code === 0 ? JSON.parse(output) : undefined;
  }
}

/**
 * Compares structure, keys and texts. Other scalars may differ (Compose reads `0o7` as a number): they are neither
 * paths nor programs. Compose prints an empty list as `null`.
 */
export function isAlike(ours: unknown, theirs: unknown): boolean {
  if (Array.isArray(ours)) {
    const items = theirs ?? [];
    return Array.isArray(items) && items.length === ours.length &&
      ours.every((item, index) => isAlike(item, items[index]));
  }
  if (typeof ours === "object" && ours !== null && !(ours instanceof Date)) {
    if (typeof theirs !== "object" || theirs === null || Array.isArray(theirs)) return false;
    const entries = Object.entries(ours);
    return entries.length === Object.keys(theirs).length &&
      entries.every(([key, value]) => Object.hasOwn(theirs, key) && isAlike(value, Reflect.get(theirs, key)));
  }
  if (ours instanceof Date) return ours.getTime() === new Date(String(theirs)).getTime();
  if (typeof theirs === "object" && theirs !== null) return false;
  return typeof theirs !== "string" || ours === theirs;
}

/** Formats a value as JSON with sorted keys. */
export function shape(value: unknown): string {
  return JSON.stringify(
    value ?? null,
    (_, inner) =>
      typeof inner === "object" && inner !== null && !Array.isArray(inner) && !(inner instanceof Date)
        ? Object.fromEntries(Object.entries(inner).sort(([one], [other]) => one < other ? -1 : 1))
        : inner,
  );
}
