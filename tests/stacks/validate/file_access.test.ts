import { AppError } from "../../../server/errors.ts";
import { findUnsupportedValue, findUnsupportedYaml } from "../../../server/stacks/validate/plain_yaml.ts";
import { checkFileAccess } from "../../../server/stacks/validate/file_access.ts";
import { parseYaml } from "../../../server/yaml.ts";
import { assertEquals, assertRejects, assertStringIncludes } from "../../assert.ts";

/** A stack of one service with more lines. */
function service(...lines: readonly string[]): string {
  return ["services:", "  web:", "    image: x:1", ...lines.map((line) => `    ${line}`), ""].join("\n");
}

const REFUSED: readonly (readonly [what: string, text: string, words: string])[] = [
  ["another compose file", "include: [other.yaml]\nservices: {web: {image: x:1}}\n", "one file"],
  ["the env text as a compose file", "include: [.env]\nservices: {web: {image: x:1}}\n", "one file"],
  ["a service of another file", service("extends: {file: .env, service: web}"), "one file"],
  ["a build elsewhere", service("build: /etc"), '"/etc"'],
  ["a build of the folder above", service("build: {context: .., dockerfile_inline: FROM x}"), '".."'],
  [
    "a build with more of this machine",
    service("build: {context: ., additional_contexts: {e: /etc}}"),
    '"/etc"',
  ],
  ["a list of such", service("build: {context: ., additional_contexts: [e=/etc]}"), '"/etc"'],
  ["a Dockerfile elsewhere", service("build: {context: ., dockerfile: ../x}"), '"../x"'],
  ["a build with keys of ours", service("build: {context: ., ssh: [default]}"), "without your keys"],
  ["a program of this machine", service("provider: {type: /tmp/x.sh}"), "runs programs"],
  ["our logins to registries", service("use_api_socket: true"), "logins"],
  ["a profile of this machine", service("security_opt: ['seccomp:/etc/x.json']"), "seccomp=unconfined"],
  ["a profile that is named later", service("security_opt: ['${A}']"), "seccomp=unconfined"],
  ["an address that is a path", service("build: 'https:/../../etc'"), "folder"],
  [
    "an image layout of this machine",
    service("build: {additional_contexts: [a=oci-layout:///etc]}"),
    "folder",
  ],
  ["a target that is a path", service("build: {additional_contexts: {a: 'target:/../etc'}}"), "folder"],
  ["a cache in a folder", service("build: {cache_to: ['type=local,dest=/etc']}"), "no folder"],
  ["a cache that is named later", service("build: {cache_from: ['${A}']}"), "without variables"],
  ["models", `models: {m: {model: ai/x}}\n${service()}`, "runs programs"],
  ["an env file elsewhere", service("env_file: [{path: /etc/shadow}]"), '"/etc/shadow"'],
  ["a secret elsewhere", `secrets: {s: {file: ../1/.env}}\n${service()}`, '"../1/.env"'],
];

for (const [what, text, words] of REFUSED) {
  Deno.test(`${what} is refused`, async () => {
    const error = await assertRejects(
      () => checkFileAccess(parseYaml(text, "compose"), text, false),
      AppError,
    );
    assertStringIncludes(error.message, words);
  });
}

Deno.test("what stays in the folder, or is nothing of this machine, is fine", async () => {
  const text = service(
    "build: {context: ., additional_contexts: {base: docker-image://alpine, a: 'service:b'}}",
    "env_file: web.env",
    "extends: {service: base}",
  );
  await checkFileAccess(parseYaml(text, "compose"), text, false);
});

Deno.test("lists that are to be endless are not followed", async () => {
  const doubled = Array.from({ length: 60 }, (_, n) => `  - &l${n + 1} [*l${n}, *l${n}]`).join("\n");
  const lines = [
    "security_opt: [*l60, {toString: 1}]",
    "build: {context: ., cache_from: [*l60, {toString: 1}]}",
  ];
  const text = `x-l:\n  - &l0 [a]\n${doubled}\n${service(...lines)}`;
  await checkFileAccess(parseYaml(text, "compose"), text, false);
});

Deno.test("an adopted project keeps its files, but runs no program here and gets no logins", async () => {
  const kept = service("env_file: /etc/app.env");
  await checkFileAccess(parseYaml(kept, "compose"), kept, true);
  for (const line of ["provider: {type: /tmp/x.sh}", "use_api_socket: true"]) {
    const text = service(line);
    await assertRejects(() => checkFileAccess(parseYaml(text, "compose"), text, true), AppError);
  }
});

for (
  const [what, text] of [
    ["with a tag", "x: &e {env_file: /etc/x}\na:\n  ! <<: *e\n"],
    ["as a block key", "x: &e {env_file: /etc/x}\na:\n  ? <<\n  : *e\n"],
    ["with an anchor and a tag", "x: &e {env_file: /etc/x}\na:\n  &a ! <<: *e\n"],
    ["in a flow", "x: &e {env_file: /etc/x}\na: {b: 1, ! << : *e}\n"],
    ["as a quoted key", 'x: &e {env_file: /etc/x}\na:\n  "<<": *e\n'],
    ["within a list", "x: &e {path: /etc/x}\na: [{b: 1, ! <<: *e}]\n"],
  ] as const
) {
  Deno.test(`a merge that only Compose would follow is refused: ${what}`, () => {
    const value = refusedOr(() => parseYaml(text, "compose"));
    if (value !== "refused") assertStringIncludes(findUnsupportedValue(value)?.message ?? "nothing", "merge");
  });
}

/** What our parser does not take is refused as well. */
function refusedOr(parse: () => unknown): unknown {
  try {
    return parse();
  } catch {
    return "refused";
  }
}

Deno.test("plain merges, lists and references are plain values", () => {
  const value = parseYaml("x: &e {a: 1}\nb: {<<: *e, c: [*e, *e]}\n", "compose");
  assertEquals(findUnsupportedValue(value), undefined);
});

for (
  const [what, text] of [
    ["a line separator that only Compose sees", "# x\u2028include: [/etc/shadow]\n"],
    ["a next-line sign", "# x\u0085include: [/etc/shadow]\n"],
    ["a binary text", "include: [!!binary L2V0Yy9zaGFkb3c=]\n"],
    ["a tag by its whole name", "include: [!<tag:yaml.org,2002:binary> L2V0Yw==]\n"],
    ["a directive", "%TAG !b! tag:yaml.org,2002:\n---\na: 1\n"],
    ["a directive behind a mark of the byte order", "\ufeff%TAG !b! tag:yaml.org,2002:\n---\na: 1\n"],
    ["references by numbers without end", `a: &1 x\nb: [${"*1, ".repeat(600)}]\n`],
    ["merges of much", `a: &a {${"k: 1, ".repeat(20_000)}}\n${"b: {<<: *a}\n".repeat(400)}`],
    ["references without end", `a: &a x\nb: [${"*a, ".repeat(600)}]\n`],
  ] as const
) {
  Deno.test(`${what} is no plain YAML`, () => assertEquals(findUnsupportedYaml(text)?.path, "compose"));
}

Deno.test("plain YAML with a few references, marks of Compose and a schedule is plain", () => {
  const text = "x-a: &a {b: 1}\nc: {<<: *a}\nports: !reset []\ncommand: ['*/5 * * * *', '50 %']\n";
  assertEquals(findUnsupportedYaml(text), undefined);
});
