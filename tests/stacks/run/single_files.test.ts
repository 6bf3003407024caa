import { replaceNames, singleFiles } from "../../../server/stacks/run/single_files.ts";
import { assertEquals } from "../../assert.ts";

/** Replaces each name by its use and path in angle brackets. */
async function marked(text: string): Promise<string> {
  return replaceNames(text, await singleFiles(text), ({ use, path }) => `<${use} ${path}>`);
}

const service = (keys: string) => `services:\n  web:\n    image: a\n${keys}`;

for (
  const [what, text, expected] of [
    ["a single file", service("    env_file: app.env\n"), service('    env_file: "<read app.env>"\n')],
    [
      "a list",
      service("    env_file: [a.env, './b.env']\n"),
      service('    env_file: ["<read a.env>", "<read b.env>"]\n'),
    ],
    [
      "a long form",
      service("    env_file:\n      - path: a.env # why\n        required: false\n"),
      service('    env_file:\n      - path: "<read a.env>" # why\n        required: false\n'),
    ],
    ["a label file", service("    label_file: l\n"), service('    label_file: "<read l>"\n')],
    [
      "a hook",
      service("    post_start: [{command: x, env_file: h.env}]\n"),
      service('    post_start: [{command: x, env_file: "<read h.env>"}]\n'),
    ],
    [
      "configs and secrets",
      "services: {}\nconfigs: {c: {file: ./c.ini}}\nsecrets: {s: {file: s}}\n",
      'services: {}\nconfigs: {c: {file: "<mount c.ini>"}}\nsecrets: {s: {file: "<mount s>"}}\n',
    ],
    [
      "an anchor and its reference",
      "x: &e a.env\nservices: {a: {env_file: *e}}\n",
      'x: &e a.env\nservices: {a: {env_file: "<read a.env>"}}\n',
    ],
    [
      "a reference in a list",
      "x: &e a.env\nservices: {a: {env_file: [*e, {path: *e}], labels: {l: *e}}}\n",
      'x: &e a.env\nservices: {a: {env_file: ["<read a.env>", {path: "<read a.env>"}], labels: {l: *e}}}\n',
    ],
    [
      "a reference to a list",
      "x: &e [a.env]\nservices: {a: {env_file: *e}, b: {env_file: *e}}\n",
      'x: &e ["<read a.env>"]\nservices: {a: {env_file: *e}, b: {env_file: *e}}\n',
    ],
    [
      "merged services and secrets",
      "x: &s {a: {env_file: a.env}}\ny: &t {t: {file: t}}\nservices: {<<: *s}\nsecrets: {<<: [*t]}\n",
      'x: &s {a: {env_file: "<read a.env>"}}\ny: &t {t: {file: "<mount t>"}}\nservices: {<<: *s}\nsecrets: {<<: [*t]}\n',
    ],
    [
      "unknown keys, as a newer Compose may read them",
      "services: {a: {later: [[{env_file: a.env}], {b: {env_file: b.env}}]}}\n",
      'services: {a: {later: [[{env_file: "<read a.env>"}], {b: {env_file: "<read b.env>"}}]}}\n',
    ],
    [
      "a text with a byte order mark, long characters and CRLF",
      '\uFEFF# 😀 é\r\nservices:\r\n  "a":\r\n    "env_file" : \'a.env\' # 😀\r\n    image: "b"\r\n',
      '\uFEFF# 😀 é\r\nservices:\r\n  "a":\r\n    "env_file" : "<read a.env>" # 😀\r\n    image: "b"\r\n',
    ],
    [
      "block scalars",
      service("    env_file: >-\n      a.env\n    label_file: |- # why\r\n      l\r\n    command: x\n"),
      service('    env_file: "<read a.env>"\n    label_file: "<read l>"\n    command: x\n'),
    ],
    [
      "a list of block scalars",
      service("    env_file:\n      - >-\n        a.env\n      - |-\n        b.env"),
      service('    env_file:\n      - "<read a.env>"\n      - "<read b.env>"'),
    ],
    [
      "a merged map",
      "x: &b {env_file: a.env}\nservices: {a: {<<: *b}}\n",
      'x: &b {env_file: "<read a.env>"}\nservices: {a: {<<: *b}}\n',
    ],
  ] as const
) {
  Deno.test(`replaces the names in ${what}`, async () => assertEquals(await marked(text), expected));
}

for (const path of ["/etc/passwd", "../x", "~/x", "${X}.env", "a:b", "a\\\\b"]) {
  Deno.test(`leaves the name ${path} as it is`, async () => {
    const text = service(`    env_file: "${path}"\n`);
    assertEquals(await marked(text), text);
  });
}

Deno.test("leaves names outside of container specifications as they are", async () => {
  const text = "x-note: {env_file: a.env}\nservices: {a: {environment: {file: b}}}\n";
  assertEquals(await marked(text), text);
});

for (
  const [what, text] of [
    ["a variable", service("    environment: {env_file: a.env}\n")],
    ["a label", service("    labels: {label_file: a.env}\n")],
    ["an argument of a build", service("    build: {context: ., args: {env_file: a.env}}\n")],
    ["a service", "services: {env_file: {image: a}, file: {image: b}}\n"],
    ["a name that a command refers to", "services: {a: {env_file: &e a.env, command: *e}}\n"],
    ["a list that a command refers to", "services: {a: {env_file: &e [a.env], command: *e}}\n"],
  ] as const
) {
  Deno.test(`leaves ${what} as it is`, async () => assertEquals(await marked(text), text));
}

Deno.test("finds nothing in a text that is not valid, and in one that refers to itself", async () => {
  assertEquals(await singleFiles("services: {env_file: [\n"), []);
  assertEquals(await singleFiles("services: &s {a: *s, env_file: x}\n"), [{
    path: "x",
    use: "read",
    key: "env_file",
    range: [31, 32],
    isShared: false,
  }]);
});

Deno.test("finds the files of an unknown key with a list that contains itself", async () => {
  const found = await singleFiles("services: {a: {later: &l [*l, {env_file: x}], <<: &m [*m]}}\n");
  assertEquals(found.map(({ path }) => path), ["x"]);
});

Deno.test("a reference is to the anchor of this name before it, and thousands are found", async () => {
  const text = "x: &e a\nservices: {a: {env_file: *e}}\ny: &e b\njobs: {j: {env_file: *e}}\n";
  assertEquals((await singleFiles(text)).map(({ path }) => path), ["a", "b"]);
  const many = Array.from({ length: 20_000 }, (_, index) => `  s${index}: {env_file: *e}\n`).join("");
  assertEquals((await singleFiles(`x: &e a\nservices:\n${many}`)).length, 20_000);
});

Deno.test("a dollar sign of a replacement is not the start of a variable", async () => {
  const text = service("    env_file: a\n");
  assertEquals(
    replaceNames(text, await singleFiles(text), () => "/d$x/a"),
    service('    env_file: "/d$$x/a"\n'),
  );
});
Deno.test("finds the files of services, hooks and jobs", async () => {
  const text = [
    "services: {a: {env_file: a.env, pre_start: [{label_file: ./h.txt}]}}",
    "jobs: {j: {env_file: [{path: j.env}]}}",
  ].join("\n");
  const found = await singleFiles(text);
  assertEquals(found.map(({ path, use }) => [path, use]), [
    ["a.env", "read"],
    ["h.txt", "read"],
    ["j.env", "read"],
  ]);
});

Deno.test("other work runs while a long text is searched", async () => {
  const many = Array.from({ length: 5000 }, (_, index) => `  s${index}: {env_file: e${index}}\n`).join("");
  let pauses = 0;
  const timer = setInterval(() => pauses++, 0);
  const text = `services:\n${many}`;
  const files = await singleFiles(text);
  clearInterval(timer);
  assertEquals([files.length, pauses > 1], [5000, true]);
  assertEquals(replaceNames(text, files, () => "x").match(/env_file: "x"/g)?.length, 5000);
});

Deno.test("an escape in a key hides no file", async () => {
  const text = service('    "env\\x5ffile": app.env\n');
  assertEquals((await singleFiles(text)).map(({ path }) => path), ["app.env"]);
});
