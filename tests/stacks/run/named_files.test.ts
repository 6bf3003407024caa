import { AppError } from "../../../server/errors.ts";
import { checkLinks, namedFiles, volumeFolders } from "../../../server/stacks/run/named_files.ts";
import { assert, assertEquals, assertRejects } from "../../assert.ts";
import { temporaryFolder } from "../../fakes/folder.ts";

/** Keys of a service, or of the whole text, and the paths that they name. */
const CASES: readonly (readonly [what: string, text: string, paths: readonly string[]])[] = [
  ["one env_file", "services: {a: {env_file: a.env}}", ["a.env"]],
  ["env_file in all forms", "services: {a: {env_file: [a.env, {path: b.env}]}}", ["a.env", "b.env"]],
  ["label_file", "services: {a: {label_file: [l.txt]}}", ["l.txt"]],
  ["credential_spec", "services: {a: {credential_spec: {file: c.json}}}", ["c.json"]],
  ["a short build", "services: {a: {build: ./app}}", ["./app"]],
  ["a Dockerfile", "services: {a: {build: {context: app, dockerfile: D}}}", ["app", "app/D"]],
  ["a Dockerfile without a context", "services: {a: {build: {dockerfile: D}}}", ["./D"]],
  ["contexts in a map", "services: {a: {build: {additional_contexts: {x: ./x}}}}", ["./x"]],
  ["contexts in a list", "services: {a: {build: {additional_contexts: [x=./x=y]}}}", ["./x=y"]],
  ["short volumes", "services: {a: {volumes: ['./data:/data:ro', 'named:/x']}}", ["./data"]],
  [
    "a long bind mount",
    "services: {a: {volumes: [{type: bind, source: ./data, target: /d}]}}",
    ["./data"],
  ],
  [
    "a long bind mount without a leading dot",
    "services: {a: {volumes: [{type: bind, source: data, target: /d}]}}",
    ["data"],
  ],
  ["a named volume", "services: {a: {volumes: [{type: volume, source: data, target: /d}]}}", []],
  [
    "a local volume that is a bind mount",
    "volumes: {v: {driver: local, driver_opts: {type: none, o: bind, device: data}}}",
    ["data"],
  ],
  [
    "volumes of other kinds",
    "volumes: {a: {driver: local, driver_opts: {o: 'addr=nas', device: x}}, b: {driver_opts: 7}, c: }",
    [],
  ],
  [
    "hooks and jobs",
    "services: {a: {pre_start: [{env_file: h.env}]}}\njobs: {j: {label_file: j.txt}}",
    ["h.env", "j.txt"],
  ],
  ["configs and secrets", "{configs: {c: {file: c.txt}}, secrets: {s: {file: s.txt}}}", ["c.txt", "s.txt"]],
  ["the same path twice", "services: {a: {env_file: x}, b: {env_file: x}}", ["x"]],
  [
    "absolute, remote and variable paths",
    "services: {a: {env_file: [/x, ~/x, 'h://x', '${X}', 'a\\b']}}",
    [],
  ],
  ["a service named __proto__", "services: {__proto__: {env_file: x}}", ["x"]],
  [
    "values of wrong types",
    "{services: [1, {env_file: {path: [1]}}, null], configs: 3, secrets: [null]}",
    [],
  ],
  ["no services", "services:", []],
  ["an empty text", "", []],
];

for (const [what, text, paths] of CASES) {
  Deno.test(`finds the paths of ${what}`, async () => assertEquals(await namedFiles(text), paths));
}

/** Checks one path of a stack's folder, after links are made in it. */
async function check(links: Readonly<Record<string, string>>, path: string): Promise<void> {
  using folder = temporaryFolder({ "stack/inner/file": "", "outside/file": "", "stack-2/file": "" });
  for (const [name, target] of Object.entries(links)) Deno.symlinkSync(target, folder.path(`stack/${name}`));
  await checkLinks(folder.path("stack"), [path]);
}

for (
  const [what, links, path] of [
    ["a plain file", {}, "inner/file"],
    ["a file that does not exist", {}, "inner/missing/file"],
    ["the folder itself", {}, "."],
    ["a link to another file inside", { link: "inner/file" }, "link"],
    ["a link to a missing file inside", { link: "inner/missing" }, "link"],
    ["a path that leads out by its text", {}, "../outside/file"],
    ["a path below a file", {}, "inner/file/x"],
  ] as const
) {
  Deno.test(`accepts ${what}`, () => check(links, path));
}

for (
  const [what, links, path] of [
    ["a link to a file outside", { link: "../outside/file" }, "link"],
    ["a link to a missing file outside", { link: "../outside/missing" }, "link"],
    ["a link to a folder whose name begins like the stack's", { link: "../stack-2" }, "link"],
    ["a file below a link to a folder outside", { link: "../outside" }, "link/file"],
    ["a missing file below a link to a folder outside", { link: "../outside" }, "link/missing/x"],
    ["a link to a link that leads out", { one: "two", two: "../outside/file" }, "one"],
    ["a link to a missing file below a link that leads out", { one: "../outside", two: "one/new" }, "two"],
    ["the parent folder of a link", { link: "../outside" }, "./inner/../link"],
  ] as const
) {
  Deno.test(`refuses ${what}`, async () => {
    const { message } = await assertRejects(
      () => check(links, path),
      Error,
      "leads out of the stack's folder",
    );
    assert(message.includes(`"${path}"`), message);
  });
}

for (
  const [what, links, path] of [
    ["a circle of links", { one: "two", two: "one" }, "one"],
    ["a file below a circle of links", { one: "two", two: "one" }, "one/file"],
    ["a link to itself through a missing folder", { one: "missing/../one" }, "one"],
    ["a file below such a link", { one: "missing/../one" }, "one/file"],
    ["a long name", {}, "x".repeat(300)],
    ["a NUL", {}, "a\0b"],
  ] as const
) {
  Deno.test(`${what} is refused by its path`, async () => {
    const { message, code } = await assertRejects(() => check(links, path), AppError, "cannot be reached");
    assertEquals([code, message.includes(JSON.stringify(path.slice(0, 80)))], ["invalid", true]);
  });
}

for (
  const [device, expected] of [
    ["./", [""]],
    [".", [""]],
    ["./data/", ["data"]],
    ["/var/lib/dockstat/stacks/7", [""]],
    ["/var/lib/dockstat/stacks/7/a/b", ["a/b"]],
    ["/var/lib/dockstat/stacks/77", []],
    ["${PWD}/x", [""]],
  ] as const
) {
  Deno.test(`finds the folder of a volume whose device is ${device}`, async () => {
    const text = `volumes: {v: {driver: local, driver_opts: {type: none, o: bind, device: "${device}"}}}\n`;
    assertEquals(await volumeFolders(text, 7), [...expected]);
  });
}

Deno.test("an escape in a key hides no folder of a volume", async () => {
  assertEquals(await volumeFolders('volumes: {v: {driver_opts: {"dev\\x69ce": ./data}}}', 7), ["data"]);
});
