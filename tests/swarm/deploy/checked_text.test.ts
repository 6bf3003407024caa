import { AppError } from "../../../server/errors.ts";
import { checkText } from "../../../server/swarm/deploy/checked_text.ts";
import { assertEquals, assertRejects } from "../../assert.ts";
import { temporaryFolder } from "../../fakes/folder.ts";
import { FakeDockerStack } from "../fake_docker_stack.ts";

async function check(compose: string, docker = new FakeDockerStack(), env = "") {
  using folder = temporaryFolder();
  return await checkText({ compose, env }, docker, folder.path(""));
}

const WEB = "services:\n  web:\n    image: a\n";

for (
  const [what, text, why, line] of [
    [
      "an env_file",
      `${WEB}    env_file: x.env\n`,
      "found env_file: expected the whole stack in this text",
      4,
    ],
    ["an env_file of another place", `${WEB}    env_file: /etc/shadow\n`, "found env_file", 4],
    ["a label_file", `${WEB}    label_file: x\n`, "found label_file", 4],
    ["extends", `${WEB}    extends: { file: /etc/x.yaml, service: web }\n`, "found extends", 4],
    ["include", `include: [/etc/x.yaml]\n${WEB}`, "found include", 1],
    ["a file of a config", `${WEB}configs:\n  c:\n    file: ./c\n`, '"docker config create"', 6],
    ["a file of a secret", `${WEB}secrets: { s: { file: /etc/shadow } }\n`, '"docker secret create"', 4],
    ["a provider", `${WEB}    provider: { type: x }\n`, "runs programs", 4],
    ["use_api_socket", `${WEB}    use_api_socket: true\n`, "logins", 4],
    ["models", `${WEB}models: { m: { model: x } }\n`, "runs programs", 4],
    ["mem_limit", `${WEB}    mem_limit: 1g\n`, "use deploy.resources.limits.memory", 4],
    ["an unknown key", `${WEB}    imag: b\n`, 'did you mean "image"', 4],
    ["two documents", `${WEB}---\n${WEB}`, "", 4],
    ["a file in an anchor", `x-a: &a { env_file: x }\n${WEB}    <<: *a\n`, "found env_file", undefined],
  ] as const
) {
  Deno.test(`refuses ${what} at its line, before the Docker CLI reads the text`, async () => {
    const docker = new FakeDockerStack();
    const { issues } = await assertRejects(() => check(text, docker), AppError, why);
    if (line !== undefined) assertEquals(issues[0]?.line, line);
    assertEquals(docker.resolved, []);
  });
}

Deno.test("refuses a service that no node can run", async () => {
  await assertRejects(() => check("services:\n  web:\n    build: .\n"), AppError, "nodes build nothing");
  await assertRejects(() => check("services: {}\n"), AppError, "expected at least one service");
});

Deno.test("refuses a relative path, and allows one on the nodes", async () => {
  using folder = temporaryFolder();
  const bind = (source: string) =>
    `${WEB}    volumes:\n      - { type: bind, source: ${source}, target: /x }\n`;
  const run = (source: string) =>
    checkText({ compose: bind(source), env: "" }, new FakeDockerStack(), folder.path(""));
  await assertRejects(() => run(folder.path("data")), AppError, 'found the relative path "./data"');
  for (const path of ["", "../x"]) {
    await assertRejects(() => run(`${folder.path("")}${path}`), AppError, "relative path");
  }
  await run("/srv/data");
});

for (const source of ["../data", "..", "./a/../../b", "~/../x"]) {
  Deno.test(`refuses the mount of ${source}, which leads above the folder`, async () => {
    for (const volume of [`"${source}:/x"`, `{ type: bind, source: "${source}", target: /x }`]) {
      const docker = new FakeDockerStack();
      await assertRejects(
        () => check(`${WEB}    volumes: [${volume}]\n`, docker),
        AppError,
        "found a relative path",
      );
      assertEquals(docker.resolved, []);
    }
  });
}

/** Checks a text whose variables the fake replaces as the Docker CLI does. */
async function checkReplaced(compose: string, values: Readonly<Record<string, string>>) {
  const docker = new FakeDockerStack();
  docker.resolve = (text) => ({
    code: 0,
    output: text.replace(/\$\{(\w+)\}/g, (_use, name) => values[name] ?? "").replaceAll("$$", "$"),
  });
  const env = Object.entries(values).map(([name, value]) => `${name}=${value}\n`).join("");
  return await check(compose, docker, env);
}

for (
  const [volume, values] of [
    ["${D}/x:/x", { D: ".." }],
    ["${D}${D}/x:/x", { D: "." }],
    ["./a/${D}/../../x:/x", { D: "b" }],
    ["${D}", { D: "../x:/x" }],
    ["${D}:/x", { D: "~/../x" }],
    ["${D}/etc:/x", { D: "../".repeat(80) }],
  ] as const
) {
  Deno.test(`refuses the mount of ${volume} when its variables lead above the folder`, async () => {
    for (const one of [`"${volume}"`, `{ type: bind, source: "${volume}", target: /x }`]) {
      const { issues } = await assertRejects(
        () => checkReplaced(`${WEB}    volumes: [${one}]\n`, values),
        AppError,
        "found a relative path",
      );
      assertEquals(issues[0]?.line, 4);
    }
  });
}

Deno.test("mounts whose variables name volumes and absolute paths are allowed", async () => {
  for (const D of ["/srv/data", "data", "/srv/../srv"]) {
    await checkReplaced(`${WEB}    volumes: ["\${D}:/x", "/srv/\${D}:/y"]\n`, { D });
  }
});

for (
  const [what, key] of [
    ["environment", "services.web.environment.PATH"],
    ["a command", "services.web.command.1"],
    ["a label of a network", "networks.n.labels.a"],
  ] as const
) {
  Deno.test(`refuses a variable of the Docker CLI itself in ${what}`, async () => {
    using folder = temporaryFolder();
    const docker = new FakeDockerStack();
    const parts = `environment: { PATH: "/bin:${folder.path("")}" }`;
    const texts = {
      environment: `${WEB}    ${parts}\n`,
      "a command": `${WEB}    command: [a, "${folder.path("")}"]\n`,
      "a label of a network": `${WEB}networks: { n: { labels: { a: "${folder.path("")}" } } }\n`,
    };
    docker.resolve = () => ({ code: 0, output: texts[what] });
    const text = `${WEB}    environment: ["\${X}"]\n`;
    const { issues } = await assertRejects(
      () => checkText({ compose: text, env: "X=PATH" }, docker, folder.path("")),
      AppError,
      "of this machine",
    );
    assertEquals(issues[0]?.path, `compose.${key}`);
  });
}

Deno.test("refuses a variable without a value, which a deployment would take from DockStat's environment", async () => {
  const docker = new FakeDockerStack();
  docker.resolve = () => ({ code: 0, output: `${WEB}    environment:\n      HTTP_PROXY: null\n` });
  const { issues } = await assertRejects(
    () => check(`${WEB}    environment:\n      HTTP_PROXY:\n`, docker),
    AppError,
    'found "HTTP_PROXY" without a value',
  );
  assertEquals(issues[0]?.line, 5);
});

Deno.test("a variable that a service receives without a value has that of the environment text", async () => {
  for (const environment of ["[TZ, A=1]", "{ TZ: , A: 1 }"]) {
    const docker = new FakeDockerStack();
    await check(`${WEB}    environment: ${environment}\n`, docker, "TZ=UTC\nB=2").catch(() => undefined);
    assertEquals(docker.resolved[0]?.[1], { TZ: "UTC" });
  }
});

Deno.test("checks the text as the Docker CLI resolves it", async () => {
  const docker = new FakeDockerStack();
  docker.resolve = () => ({ code: 0, output: `${WEB}configs:\n  c:\n    file: /etc/shadow\n` });
  await assertRejects(() => check(WEB, docker), AppError, '"docker config create"');
});

Deno.test("refuses a text that the Docker CLI would deploy in another way than it was checked", async () => {
  const docker = new FakeDockerStack();
  const outputs = [`${WEB}    command: a\n`, `${WEB}    command: b\n`];
  docker.resolve = () => ({ code: 0, output: outputs.shift()! });
  await assertRejects(() => check(WEB, docker), AppError, 'avoid "$" in keys');
});

Deno.test("variables are resolved once, and the text that is deployed uses none", async () => {
  const docker = new FakeDockerStack();
  const { text } = await check(`${WEB}    command: echo $$HOME\n`, docker);
  assertEquals(text, `${WEB}    command: echo $$HOME\n`);
});

for (
  const [error, issue] of [
    [
      "services.web Additional property privileged is not allowed",
      { path: "compose.services.web.privileged", line: 4, message: /stacks of a swarm do not support it/ },
    ],
    ["yaml: line 3: mapping values are not allowed", { path: "compose", line: 3, message: /mapping/ }],
    ["services.web.ports.0 Does not match format 'ports'", {
      path: "compose.services.web.ports.0",
      line: 5,
      message: /Does not match/,
    }],
    ["invalid interpolation format for services.web.image: needs hunter2", {
      path: "compose.services.web.image",
      line: 3,
      message: /needs \[redacted\]/,
    }],
  ] as const
) {
  Deno.test(`reports "${error}" at its line`, async () => {
    const docker = new FakeDockerStack();
    docker.resolve = () => ({ code: 1, error, output: "" });
    const text = `${WEB}    privileged: true\n    ports: [a]\n`;
    const { issues: [found] } = await assertRejects(() => check(text, docker, "P=hunter2"), AppError);
    assertEquals([found?.path, found?.line], [issue.path, issue.line]);
    assertEquals(issue.message.test(found?.message ?? ""), true, found?.message);
  });
}

for (const escape of ["\\x24", "\\u0024", "\\U00000024", "$\\\n        "]) {
  Deno.test(`refuses a variable of this machine behind the escape ${JSON.stringify(escape)}`, async () => {
    const docker = new FakeDockerStack();
    const text = `${WEB}    labels:\n      a: "${escape}{PATH}"\n`;
    await assertRejects(() => check(text, docker), AppError, 'the variable "PATH" of this machine');
    assertEquals(docker.resolved, []);
  });
}
