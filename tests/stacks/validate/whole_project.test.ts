import { findCompose } from "../../../server/compose/command.ts";
import { ComposeProgram } from "../../../server/compose/compose.ts";
import { AppError } from "../../../server/errors.ts";
import { resolveStack } from "../../../server/stacks/validate/resolve.ts";
import { checkBeforeRun } from "../../../server/stacks/validate/whole_project.ts";
import { assertEquals, assertRejects, assertStringIncludes } from "../../assert.ts";
import { fakeContainer, FakeEngine } from "../../fakes/engine.ts";
import { temporaryFolder } from "../../fakes/folder.ts";
import { COMPOSE, serveStacks } from "../client.ts";

const env = { PATH: Deno.env.get("PATH") ?? "", HOME: Deno.env.get("HOME") ?? "" };
const isInstalled = await findCompose(env).then(() => true, () => false);
const PROVIDER = "services: {p: {provider: {type: /bin/true}}}\n";
const NEVER = new AbortController().signal;

/** Creates a project in a folder with these files, as Compose gets it. */
function draftIn(files: Readonly<Record<string, string>>, adopted: boolean) {
  const folder = temporaryFolder(files);
  const compose = files["compose.yaml"] ?? "";
  const text = files[".env"];
  const paths = {
    folder: folder.path(""),
    compose: folder.path("compose.yaml"),
    env: text === undefined ? undefined : folder.path(".env"),
  };
  const project = { name: "whole", endpoint: { url: "unix:///none" }, files: paths };
  const allowKeys = adopted ? undefined : new Set<string>();
  const draft = { compose, env: text, project, adopted, allowKeys };
  return { draft, folder, [Symbol.dispose]: () => folder[Symbol.dispose]() };
}

/** Adopted projects with a program in another file. */
const PROGRAMS: readonly (readonly [what: string, files: Readonly<Record<string, string>>])[] = [
  ["an included file", { "compose.yaml": `include: [p.yaml]\n${COMPOSE}`, "p.yaml": PROVIDER }],
  ["a file that an included file includes", {
    "compose.yaml": `include: [a.yaml]\n${COMPOSE}`,
    "a.yaml": "include: [p.yaml]\n",
    "p.yaml": PROVIDER,
  }],
  ["a file that a variable names", {
    "compose.yaml": `include: ["\${FILE}"]\n${COMPOSE}`,
    ".env": "FILE=p.yaml\n",
    "p.yaml": PROVIDER,
  }],
  ["a file that a variable names, beside a file named like the variable", {
    "compose.yaml": `include: ["\${FILE}"]\n${COMPOSE}`,
    ".env": "FILE=p.yaml\n",
    "p.yaml": "services: {p: {image: x:1, profiles: [other], provider: {type: /bin/true}}}\n",
    "${FILE}": "services: {q: {image: x:1}}\n",
  }],
  ["a service of an inactive profile", {
    "compose.yaml": `include: [p.yaml]\n${COMPOSE}`,
    "p.yaml": "services: {p: {profiles: [other], provider: {type: /bin/true}}}\n",
  }],
  ["an extended service", {
    "compose.yaml": "services: {web: {extends: {file: p.yaml, service: p}}}\n",
    "p.yaml": PROVIDER,
  }],
  ["models of an included file", {
    "compose.yaml": `include: [p.yaml]\n${COMPOSE}`,
    "p.yaml": "models: {m: {model: ai/x}}\nservices: {p: {image: x:1, models: [m]}}\n",
  }],
  ["a service of an included file that gets the logins", {
    "compose.yaml": `include: [p.yaml]\n${COMPOSE}`,
    "p.yaml": "services: {p: {image: x:1, use_api_socket: true}}\n",
  }],
];

for (const [what, files] of PROGRAMS) {
  Deno.test({
    name: `refuses an adopted project with a program in ${what}`,
    ignore: !isInstalled,
    fn: async () => {
      using it = draftIn(files, true);
      const error = await assertRejects(() => resolveStack(it.draft, new ComposeProgram(env)), AppError);
      assertEquals(error.code, "invalid");
      assertStringIncludes(error.message, "found ");
    },
  });
}

Deno.test({
  name: "accepts the files that a stack may read, as Compose resolves them",
  ignore: !isInstalled,
  fn: async () => {
    const lines = [
      "image: x:1",
      "env_file: [{path: web.env}, {path: none.env, required: false}]",
      "label_file: web.labels",
      "build: {context: ., dockerfile: a/Dockerfile, additional_contexts: {b: docker-image://alpine, c: ./a, d: 'service:e'}, cache_from: ['type=registry,ref=x/y']}",
      "security_opt: ['seccomp=unconfined']",
      "configs: [c]",
      "secrets: [s]",
    ];
    const text = [
      "services:",
      "  web:",
      ...lines.map((line) => `    ${line}`),
      "  e: {build: https://example.org/x.git}",
      "  f: {extends: {service: e}, profiles: [other]}",
      "configs: {c: {file: ./c.txt}}",
      "secrets: {s: {file: s/s.txt}}",
      "",
    ].join("\n");
    using it = draftIn({
      "compose.yaml": text,
      "web.env": "A=1\n",
      "web.labels": "l=1\n",
      "c.txt": "",
      "s/s.txt": "",
      "a/Dockerfile": "",
    }, false);
    assertEquals((await resolveStack(it.draft, new ComposeProgram(env))).services.map(({ name }) => name), [
      "e",
      "web",
    ]);
  },
});

Deno.test({
  name: "accepts an adopted project that includes plain services, before it is stored and before it runs",
  ignore: !isInstalled,
  fn: async () => {
    using it = draftIn({
      "compose.yaml": `include: [p.yaml]\n${COMPOSE}`,
      "p.yaml": "services: {p: {image: x:1, env_file: /etc/hostname}}\n",
    }, true);
    const compose = new ComposeProgram(env);
    assertEquals((await resolveStack(it.draft, compose)).services.map(({ name }) => name), ["p", "web"]);
    await checkBeforeRun(it.draft, compose, NEVER);
  },
});

Deno.test({
  name: "refuses to run an adopted project once an included file has a program",
  ignore: !isInstalled,
  fn: async () => {
    using it = draftIn({
      "compose.yaml": `include: [p.yaml]\n${COMPOSE}`,
      "p.yaml": "services: {p: {image: x:1}}\n",
    }, true);
    const compose = new ComposeProgram(env);
    await checkBeforeRun(it.draft, compose, NEVER);
    await Deno.writeTextFile(it.folder.path("p.yaml"), PROVIDER);
    const error = await assertRejects(() => checkBeforeRun(it.draft, compose, NEVER), AppError);
    assertStringIncludes(error.message, "found provider");
  },
});

Deno.test({
  name: "refuses to deploy an adopted project with an unknown key that Compose admits",
  ignore: !isInstalled,
  fn: async () => {
    // Compose has no fixed keys for the name of an external secret.
    const text = `${COMPOSE}secrets: {s: {external: {name: a, other: b}}}\n`;
    using it = draftIn({ "compose.yaml": text }, true);
    const compose = new ComposeProgram(env);
    await resolveStack(it.draft, compose);
    const draft = { ...it.draft, allowKeys: new Set<string>() };
    const error = await assertRejects(() => checkBeforeRun(draft, compose, NEVER), AppError);
    assertStringIncludes(error.message, 'secrets.s.external.other, line 4, column 35: unknown key "other"');
  },
});

/** A server with an adopted stack whose included file has got a program. */
async function adoptedWithProgram(folder: { path(name: string): string }) {
  const labels = { composeFolder: folder.path(""), composeFiles: folder.path("compose.yaml") };
  const container = fakeContainer("shop-web-1", { project: "shop", service: "web", ...labels });
  const it = await serveStacks({ engine: new FakeEngine(container) });
  const { body } = await it.call("POST", "/stacks/adopt", { project: "shop", hostId: "Localhost" });
  it.compose.hidden = () => ({ services: { p: { provider: { type: "x" } } } });
  return { it, id: body.stack_id };
}

for (const command of ["deploy", "update"]) {
  Deno.test(`checks an adopted stack before Compose runs: ${command}`, async () => {
    using folder = temporaryFolder({ "compose.yaml": COMPOSE });
    const { it, id } = await adoptedWithProgram(folder);
    await using _it = it;
    const { body } = await it.call("POST", `/stacks/${id}/${command}?wait=1`);
    assertEquals([body.state, it.compose.runs], ["failed", []]);
    assertStringIncludes(body.error, "found provider");
    assertEquals((await it.call("PUT", `/stacks/${id}`, { env: "A=1\n" })).status, 422);
  });
}

Deno.test("removes an adopted stack that would run a program by the name of its project", async () => {
  using folder = temporaryFolder({ "compose.yaml": COMPOSE });
  const { it, id } = await adoptedWithProgram(folder);
  await using _it = it;
  const files: unknown[] = [];
  it.compose.work = (_write, _args, _signal, _project, named) => {
    files.push(named);
    return Promise.resolve({ code: 0, error: undefined });
  };
  const { body } = await it.call("DELETE", `/stacks/${id}?wait=1`);
  assertEquals([body.state, files, body.warnings.length], ["succeeded", [undefined], 1]);
  assertStringIncludes(body.warnings[0], "found provider");
});
