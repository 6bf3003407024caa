import { assertEquals, assertStringIncludes } from "../../assert.ts";
import { serveStacks } from "../client.ts";

const IMAGE = "image: busybox:1";

/** Texts that hide a key from some parsers but not from Compose, with line and column of the first refusal. */
const HIDDEN: readonly (readonly [what: string, text: string, place: string, message: string])[] = [
  [
    "an env file behind ?",
    `services: {w: {${IMAGE}, ?env_file: /etc/os-release}}`,
    "1:34",
    'expected a key without "?"',
  ],
  ["a program behind ?", "services: {p: {?provider: {type: anything}}}", "1:16", 'a key without "?"'],
  ["a quoted program behind ?", 'services: {p: {?"provider": {type: x}}}', "1:16", 'a key without "?"'],
  [
    "secrets behind ?",
    `{services: {w: {${IMAGE}, secrets: [s]}}, ?secrets: {s: {file: /etc/shadow}}}`,
    "1:51",
    'a key without "?"',
  ],
  [
    "a path behind ? in a list",
    `services: {w: {${IMAGE}, env_file: [?path: /etc/os-release]}}`,
    "1:45",
    'a key without "?"',
  ],
  ["an include behind ?", `{services: {w: {${IMAGE}}}, ?include: [/x.yaml]}`, "1:37", 'a key without "?"'],
  [
    "pairs",
    `services: {w: {${IMAGE}, env_file: !!pairs [path: /etc/os-release]}}`,
    "1:44",
    "write the value without a tag",
  ],
  [
    "an anchor with ? in its name",
    `x-a: &k ok\nx-b: &k?/../../etc/os-release\nservices: {w: {${IMAGE}, env_file: *k}}`,
    "2:6",
    "expected a name of letters",
  ],
  [
    "an anchor with : in its name",
    `x-a: &k ok\nx-b: &k:/../../etc/os-release\nservices: {w: {${IMAGE}, env_file: *k}}`,
    "2:6",
    "expected a name of letters",
  ],
  [
    "an alias with : in its name",
    `x-a: &k env_file\nx-b: &v /etc/os-release\nx-c: &k:*v z\nservices: {w: {${IMAGE}, x-d: {*k:*v}}}`,
    "3:6",
    "expected a name of letters",
  ],
];

for (const [what, compose, place, message] of HIDDEN) {
  Deno.test(`refuses ${what} with line and column`, async () => {
    await using it = await serveStacks();
    const { status, body } = await it.call("POST", "/stacks/validate", { compose });
    assertEquals(status, 422);
    const [issue] = body.errors;
    assertEquals(`${issue.line}:${issue.column}`, place);
    assertStringIncludes(issue.message, message);
  });
}

Deno.test("refuses a program that only Compose finds", async () => {
  await using it = await serveStacks();
  it.compose.hidden = () => ({ services: { web: { image: "busybox:1" }, p: { provider: { type: "x" } } } });
  const { status, body } = await it.call("POST", "/stacks/validate", {
    compose: `services: {web: {${IMAGE}}}`,
  });
  assertEquals(status, 422);
  assertEquals([body.errors[0].path, body.errors[0].line], ["compose.services.p.provider", 1]);
});

for (
  const [what, hidden] of [
    ["secret", { secrets: { s: { file: "/etc/shadow" } } }],
    ["config", { configs: { c: { file: "/etc/shadow" } } }],
    ["build", { services: { web: { build: { context: "/etc" } } } }],
    ["env file", { services: { web: { env_file: [{ path: "/etc/shadow", required: true }] } } }],
  ] as const
) {
  Deno.test(`refuses files (${what}) outside the folder that only Compose finds`, async () => {
    await using it = await serveStacks();
    it.compose.hidden = (_, view) => view === "written" ? hidden : {};
    const { status, body } = await it.call("POST", "/stacks/validate", {
      compose: `services: {web: {${IMAGE}}}`,
    });
    assertEquals(status, 422);
    assertStringIncludes(body.errors[0].message, "/etc");
  });
}

Deno.test("accepts files inside the folder that Compose resolves to absolute paths", async () => {
  await using it = await serveStacks();
  it.compose.hidden = ({ files }) => ({
    services: { web: { build: { context: files!.folder, dockerfile: "Dockerfile" } } },
    secrets: { s: { file: `${files!.folder}/s.txt` } },
  });
  const { status } = await it.call("POST", "/stacks/validate", { compose: `services: {web: {${IMAGE}}}` });
  assertEquals(status, 200);
});

Deno.test("refuses a resolved path that only starts with the name of the stack's folder", async () => {
  await using it = await serveStacks();
  it.compose.hidden = ({ files }) => ({ secrets: { s: { file: `${files!.folder}2/s.txt` } } });
  const { status } = await it.call("POST", "/stacks/validate", { compose: `services: {web: {${IMAGE}}}` });
  assertEquals(status, 422);
});

Deno.test("refuses a program that only the resolved view of Compose contains", async () => {
  await using it = await serveStacks();
  it.compose.hidden = (_, view) => view === "active" ? { services: { p: { provider: { type: "x" } } } } : {};
  const { status, body } = await it.call("POST", "/stacks/validate", {
    compose: `services: {web: {${IMAGE}}}`,
  });
  assertEquals([status, body.errors[0].path], [422, "compose.services.p.provider"]);
});
