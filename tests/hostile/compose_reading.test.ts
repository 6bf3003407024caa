/**
 * Gives generated YAML that DockStat accepts to Compose, and compares how both read it.
 *
 * `DOCKSTAT_TEST_READINGS` sets the number of accepted texts, for a long run.
 */
import fc from "fast-check";
import { parseCompose } from "../../server/compose/compose_yaml.ts";
import { ComposeProgram } from "../../server/compose/compose.ts";
import { fieldsOf } from "../../server/untrusted_json.ts";
import { findCompose } from "../../server/compose/command.ts";
import { findUnsupportedValue, findUnsupportedYaml } from "../../server/stacks/validate/plain_yaml.ts";
import { findAmbiguousYaml } from "../../server/stacks/validate/yaml_tokens.ts";
import { assert, assertEquals } from "../assert.ts";
import { type TemporaryFolder, temporaryFolder } from "../fakes/folder.ts";
import { file, fragment } from "./odd_yaml.ts";

const SEED = 20_261_125;
const COUNT = Number(Deno.env.get("DOCKSTAT_TEST_READINGS") ?? 600);
/** Texts in one call of Compose, which takes about 60 ms. */
const PER_CALL = 20;
const PARALLEL = 2;

const env = { PATH: Deno.env.get("PATH") ?? "", HOME: Deno.env.get("HOME") ?? "" };
const isInstalled = await findCompose(env).then(() => true, () => false);

interface Accepted {
  readonly text: string;
  readonly value: unknown;
}

const SERVICES = "services: {w: {image: busybox}}\n";

function fileOf(fragments: readonly string[]): string {
  return SERVICES + fragments.map((text, index) => `x-${index}:${text}\n`).join("");
}

/** Reads a text as DockStat does; `undefined` when it refuses the text. */
async function read(text: string): Promise<unknown> {
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
async function accepted(
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
async function inParallel<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const open = [...items];
  await Promise.all(Array.from({ length: PARALLEL }, async () => {
    for (let item = open.pop(); item !== undefined; item = open.pop()) await work(item);
  }));
}

/** Returns the keys of a project that Compose neither adds nor changes. */
function unchangedKeys(value: unknown): Record<string, unknown> {
  const { services, ...others } = fieldsOf(value);
  const own = (fields: unknown) =>
    Object.entries(fieldsOf(fields)).filter(([key]) => !["name", "networks"].includes(key));
  return {
    ...Object.fromEntries(own(others)),
    services: Object.fromEntries(
      Object.entries(fieldsOf(services)).map(([name, service]) => [name, Object.fromEntries(own(service))]),
    ),
  };
}

class Reader {
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
    return code === 0 ? JSON.parse(output) : undefined;
  }

  /** Lists the texts that Compose reads differently; texts that it refuses are omitted. */
  async differences(all: readonly Accepted[]): Promise<string[]> {
    const config = await this.read(fileOf(all.map(({ text }) => text)));
    if (config !== undefined) {
      this.accepted += all.length;
      return all.flatMap(({ text, value }, index) => {
        const [ours, theirs] = [shape(value), shape(config[`x-${index}`])];
        return ours === theirs || isAlike(value, config[`x-${index}`])
          ? []
          : [`${JSON.stringify(text)}: DockStat ${ours}, Compose ${theirs}`];
      });
    }
    if (all.length === 1) return [];
    const half = all.length >> 1;
    return [...await this.differences(all.slice(0, half)), ...await this.differences(all.slice(half))];
  }
}

/**
 * Compares structure, keys and texts. Other scalars may differ (Compose reads `0o7` as a number): they are neither
 * paths nor programs. Compose prints an empty list as `null`.
 */
function isAlike(ours: unknown, theirs: unknown): boolean {
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
  if (typeof theirs === "object" && theirs !== null) return false;
  return typeof theirs !== "string" || ours === theirs;
}

/** Formats a value as JSON with sorted keys. */
function shape(value: unknown): string {
  return JSON.stringify(
    value ?? null,
    (_, inner) =>
      typeof inner === "object" && inner !== null && !Array.isArray(inner) && !(inner instanceof Date)
        ? Object.fromEntries(Object.entries(inner).sort(([one], [other]) => one < other ? -1 : 1))
        : inner,
  );
}

Deno.test({
  name: "Compose reads every generated text that DockStat accepts in the same way",
  ignore: !isInstalled,
  fn: async () => {
    using folder = temporaryFolder({});
    const reader = new Reader(folder);
    const texts = await accepted(fragment, COUNT, async (text) => {
      const value = await read(fileOf([text]));
      return value === undefined ? undefined : fieldsOf(value)["x-0"] ?? null;
    });
    const batches = Array.from(
      { length: Math.ceil(texts.length / PER_CALL) },
      (_, index) => texts.slice(index * PER_CALL, (index + 1) * PER_CALL),
    );
    const differences: string[] = [];
    await inParallel(batches, async (batch) => void differences.push(...await reader.differences(batch)));
    assertEquals(differences, []);
    assert(reader.accepted > COUNT / 3, `Compose accepted ${reader.accepted} of ${COUNT}`);
  },
});

Deno.test({
  name: "Compose finds the same keys as DockStat in every generated file that DockStat accepts",
  ignore: !isInstalled,
  fn: async () => {
    using folder = temporaryFolder({});
    const reader = new Reader(folder);
    const differences: string[] = [];
    await inParallel(await accepted(file, Math.ceil(COUNT / 8), read), async ({ text, value }) => {
      const config = await reader.read(text);
      if (config === undefined) return;
      reader.accepted++;
      const [ours, theirs] = [unchangedKeys(value), unchangedKeys(config)];
      if (!isAlike(ours, theirs)) {
        differences.push(`${JSON.stringify(text)}: DockStat ${shape(ours)}, Compose ${shape(theirs)}`);
      }
    });
    assertEquals(differences, []);
    assert(reader.accepted > COUNT / 24, `Compose accepted ${reader.accepted} of ${COUNT / 8}`);
  },
});
