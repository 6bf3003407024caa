/**
 * Gives generated YAML that DockStat accepts to Compose, and compares how both read it.
 *
 * `DOCKSTAT_TEST_READINGS` sets the number of accepted texts, for a long run.
 */
import { posix } from "node:path";
import { partsOf } from "../../server/compose/schema_walk.ts";
import { AppError } from "../../server/errors.ts";
import { checkFileAccess, checkResolvedReach } from "../../server/stacks/validate/file_access.ts";
import { checkKeys, checkResolvedKeys, NO_KEYS } from "../../server/stacks/validate/unknown_keys.ts";
import { fieldsOf, textOf } from "../../server/untrusted_json.ts";
import { assert, assertEquals } from "../assert.ts";
import { temporaryFolder } from "../fakes/folder.ts";
import {
  type Accepted,
  accepted,
  COUNT,
  inParallel,
  isAlike,
  isInstalled,
  read,
  Reader,
  shape,
} from "./compose_reader.ts";
import { oddProject } from "./odd_project.ts";
import { file, fragment } from "./odd_yaml.ts";

/** Texts in one call of Compose, which takes about 60 ms. */
const PER_CALL = 20;
const SERVICES = "services: {w: {image: busybox}}\n";

function fileOf(fragments: readonly string[]): string {
  return SERVICES + fragments.map((text, index) => `x-${index}:${text}\n`).join("");
}

/** Lists the fragments that Compose reads differently; fragments that it refuses are omitted. */
async function differences(reader: Reader, all: readonly Accepted[]): Promise<string[]> {
  const config = await reader.read(fileOf(all.map(({ text }) => text)));
  if (config !== undefined) {
    reader.accepted += all.length;
    return all.flatMap(({ text, value }, index) => {
      const [ours, theirs] = [shape(value), shape(config[`x-${index}`])];
      return ours === theirs || isAlike(value, config[`x-${index}`])
        ? []
        : [`${JSON.stringify(text)}: DockStat ${ours}, Compose ${theirs}`];
    });
  }
  if (all.length === 1) return [];
  const half = all.length >> 1;
  return [
    ...await differences(reader, all.slice(0, half)),
    ...await differences(reader, all.slice(half)),
  ];
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

/** Keys of containers that are compared in projects. */
const COMPARED = [
  "env_file",
  "label_file",
  "security_opt",
  "command",
  "environment",
  "labels",
  "x-own",
  "x-hook",
];

/**
 * Returns what the containers of a project name, in the form in which Compose prints it.
 *
 * Hooks of `pre_start` are left out: Compose adds the keys of their service.
 */
function namedBy(project: unknown, folder: string): Record<string, unknown> {
  return Object.fromEntries(
    partsOf(project).containers.filter(({ keys }) => !keys.includes("pre_start")).map(({ keys, fields }) => [
      keys.join("."),
      Object.fromEntries(
        COMPARED.filter((key) => fields[key] !== undefined && fields[key] !== null)
          .map((key) => [key, key.endsWith("_file") ? pathsOf(fields[key], folder) : fields[key]]),
      ),
    ]),
  );
}

/** Paths of an `env_file` in any form, absolute; Compose removes repeated ones. */
function pathsOf(value: unknown, folder: string): unknown[] {
  const paths = (Array.isArray(value) ? value : [value]).map((item: unknown) => {
    const path = textOf(item) ?? textOf(fieldsOf(item)["path"]);
    return path === undefined ? item : posix.resolve(folder, path);
  });
  return [...new Set(paths)];
}

/** Reports the first refusal of checks; `undefined` when they pass. */
async function refusalOf(...checks: readonly (() => Promise<void>)[]): Promise<string | undefined> {
  try {
    for (const check of checks) await check();
    return undefined;
  } catch (error) {
    if (error instanceof AppError) return error.message;
    throw error;
  }
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
    const found: string[] = [];
    await inParallel(batches, async (batch) => void found.push(...await differences(reader, batch)));
    assertEquals(found, []);
    assert(reader.accepted > COUNT / 3, `Compose accepted ${reader.accepted} of ${COUNT}`);
  },
});

Deno.test({
  name: "Compose finds the same keys as DockStat in every generated file that DockStat accepts",
  ignore: !isInstalled,
  fn: async () => {
    using folder = temporaryFolder({});
    const reader = new Reader(folder);
    const found: string[] = [];
    await inParallel(await accepted(file, Math.ceil(COUNT / 8), read), async ({ text, value }) => {
      const config = await reader.read(text);
      if (config === undefined) return;
      reader.accepted++;
      const [ours, theirs] = [unchangedKeys(value), unchangedKeys(config)];
      if (!isAlike(ours, theirs)) {
        found.push(`${JSON.stringify(text)}: DockStat ${shape(ours)}, Compose ${shape(theirs)}`);
      }
    });
    assertEquals(found, []);
    assert(reader.accepted > COUNT / 24, `Compose accepted ${reader.accepted} of ${COUNT / 8}`);
  },
});

Deno.test({
  name: "Compose finds the same files, keys and texts as DockStat in services, hooks and jobs",
  ignore: !isInstalled,
  fn: async () => {
    using folder = temporaryFolder({});
    const root = folder.path("");
    const reader = new Reader(folder);
    const found: string[] = [];
    await inParallel(await accepted(oddProject, Math.ceil(COUNT / 4), read), async ({ text, value }) => {
      const config = await reader.read(text);
      if (config === undefined) return;
      reader.accepted++;
      const [ours, theirs] = [namedBy(value, root), namedBy(config, root)];
      const isRefused = await refusalOf(
        () => checkFileAccess(value, text, false),
        () => checkKeys(value, text, NO_KEYS),
      ) !== undefined;
      const later = isRefused ? undefined : await refusalOf(
        () => checkResolvedReach(config, text, root),
        () => checkResolvedKeys(config, text, NO_KEYS),
      );
      if (isAlike(ours, theirs) && later === undefined) return;
      found.push(`${text}: DockStat ${shape(ours)}, Compose ${shape(theirs)}, ${later}`);
    });
    assertEquals(found, []);
    assert(reader.accepted > COUNT / 20, `Compose accepted ${reader.accepted} of ${COUNT / 4}`);
  },
});
