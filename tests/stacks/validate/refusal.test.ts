import { refusal } from "../../../server/stacks/validate/refusal.ts";
import { assertEquals } from "../../assert.ts";

const COMPOSE = "services:\n  web:\n    image: x:1\n    pots: []\n    env_file: [./a.env]\n";

/** Refuses a stack in the folder /data/1 with the error output of Compose. */
async function refused(output: string, env?: string) {
  const files = { folder: "/data/1", compose: "/data/1/compose.yaml", env: undefined };
  const project = { name: "web", endpoint: { url: "unix:///none" }, files };
  const { code, issues } = await refusal(output, {
    compose: COMPOSE,
    env,
    project,
    adopted: false,
    allowKeys: new Set(),
  });
  assertEquals([code, issues.length], ["invalid", 1]);
  return issues[0]!;
}

for (
  const [what, output, path, line, message] of [
    [
      "the place of an unknown key",
      "validating /data/1/compose.yaml: services.web additional properties 'pots' not allowed",
      "compose.services.web.pots",
      4,
      'unknown key "pots": did you mean "ports"?',
    ],
    ["the line that Compose names", "yaml: line 3: did not find", "compose", 3, "yaml: line 3: did not find"],
    [
      "a line of the env text",
      "failed to read .env: line 2: bad",
      "env",
      2,
      "failed to read .env: line 2: bad",
    ],
    [
      "the beginning of the env text without a line",
      "couldn't use env file",
      "env",
      1,
      "couldn't use env file",
    ],
    [
      "the service whose env file is missing",
      "env file /data/1/x/../a.env not found: stat /data/1/a.env: no such file or directory",
      "compose.services.web.env_file",
      5,
      "env file x/../a.env not found: stat a.env: no such file or directory",
    ],
    ["the beginning of the text for line 0", "yaml: line 0: bad", "compose", 1, "yaml: line 0: bad"],
    ["the beginning of the text for an unknown error", "boom", "compose", 1, "boom"],
    ["the beginning of the text for an empty error", "", "compose", 1, ""],
  ] as const
) {
  Deno.test(`reports ${what} in a refusal`, async () => {
    const issue = await refused(output);
    assertEquals([issue.path, issue.line, issue.message], [path, line, message]);
  });
}

for (
  const [output, file] of [
    ['parsing /etc/shadow: yaml: line 1: "root:x:0"', "/etc/shadow"],
    ['failed to read "/root/.ssh/id": line 1: KEY', "/root/.ssh/id"],
    ["validating other.yaml: services.p additional properties 'SECRET' not allowed", "other.yaml"],
    ["failed to load ../2/.env: line 1: SECRET=x", "../2/.env"],
    [`reading /${"x".repeat(200)}: SECRET`, `/${"x".repeat(79)}`],
  ] as const
) {
  Deno.test(`names another file and hides what Compose quotes of it: ${output.slice(0, 40)}`, async () => {
    assertEquals(await refused(output), {
      path: "compose",
      line: 1,
      column: 1,
      message: `it refers to "${file}", which Compose cannot use`,
    });
  });
}

Deno.test("redacts the values of the env text, and removes the folder of the stack", async () => {
  const { message } = await refused(
    'bad "hunter2secret" in /data/1/a.txt and /data/12/b',
    "PW=hunter2secret\n",
  );
  assertEquals(message, 'bad "[redacted]" in a.txt and /data/12/b');
});

Deno.test("repeats 16 KiB of the output of Compose at most", async () => {
  assertEquals((await refused("é".repeat(100_000))).message.length, 16 * 1024);
});
