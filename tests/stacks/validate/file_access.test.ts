import { AppError } from "../../../server/errors.ts";
import { checkFileAccess, checkResolvedReach } from "../../../server/stacks/validate/file_access.ts";
import { parseYaml } from "../../../server/yaml.ts";
import { assertEquals, assertRejects, assertStringIncludes } from "../../assert.ts";

/** Builds a stack of one service with additional lines. */
function service(...lines: readonly string[]): string {
  return ["services:", "  web:", "    image: x:1", ...lines.map((line) => `    ${line}`), ""].join("\n");
}

const REFUSED: readonly (readonly [what: string, text: string, message: string])[] = [
  ["another compose file", "include: [other.yaml]\nservices: {web: {image: x:1}}\n", "one file"],
  ["the env text as a compose file", "include: [.env]\nservices: {web: {image: x:1}}\n", "one file"],
  ["a service in another file", service("extends: {file: .env, service: web}"), "one file"],
  ["a build outside the folder", service("build: /etc"), '"/etc"'],
  ["a build of the parent folder", service("build: {context: .., dockerfile_inline: FROM x}"), '".."'],
  [
    "an additional build context of this machine",
    service("build: {context: ., additional_contexts: {e: /etc}}"),
    '"/etc"',
  ],
  ["a list of such contexts", service("build: {context: ., additional_contexts: [e=/etc]}"), '"/etc"'],
  ["a Dockerfile outside the folder", service("build: {context: ., dockerfile: ../x}"), '"../x"'],
  ["a build with ssh keys of this user", service("build: {context: ., ssh: [default]}"), "without your keys"],
  ["a program of this machine", service("provider: {type: /tmp/x.sh}"), "runs programs"],
  ["registry logins of this user", service("use_api_socket: true"), "logins"],
  [
    "a seccomp profile of this machine",
    service("security_opt: ['seccomp:/etc/x.json']"),
    "seccomp=unconfined",
  ],
  ["a seccomp profile in a variable", service("security_opt: ['${A}']"), "seccomp=unconfined"],
  ["a URL that is a path", service("build: 'https:/../../etc'"), "folder"],
  [
    "an image layout of this machine",
    service("build: {additional_contexts: [a=oci-layout:///etc]}"),
    "folder",
  ],
  ["a build target that is a path", service("build: {additional_contexts: {a: 'target:/../etc'}}"), "folder"],
  ["a cache in a folder", service("build: {cache_to: ['type=local,dest=/etc']}"), "outside this machine"],
  ["a cache in a variable", service("build: {cache_from: ['${A}']}"), "without variables"],
  ["models", `models: {m: {model: ai/x}}\n${service()}`, "runs programs"],
  ["an env file outside the folder", service("env_file: [{path: /etc/shadow}]"), '"/etc/shadow"'],
  [
    "a secret and a config outside the folder, which a hook and a job use",
    "services: {w: {image: x:1, pre_start: [{secrets: [s]}]}}\njobs: {j: {configs: [c]}}\n" +
    "secrets: {s: {file: ../s}}\nconfigs: {c: {file: /etc/c}}\n",
    '"/etc/c"',
  ],
  ["an env file with a long name", service(`env_file: [a.env, ./${"x".repeat(300)}]`), "names of 255 bytes"],
  [
    "a long path of a secret",
    `secrets: {s: {file: ${"x/".repeat(600)}}}\n${service()}`,
    "path of 1024 bytes",
  ],
  ["a build with a NUL", service('build: {context: "a\\0b"}'), "path without NUL"],
  ["a secret outside the folder", `secrets: {s: {file: ../1/.env}}\n${service()}`, '"../1/.env"'],
];

for (const [what, text, message] of REFUSED) {
  Deno.test(`${what} is refused`, async () => {
    const error = await assertRejects(
      () => checkFileAccess(parseYaml(text, "compose"), text, false),
      AppError,
    );
    assertStringIncludes(error.message, message);
  });
}

/** Keys of a container that reach beyond the folder, in all places where Compose takes a container. */
const REACHING: readonly (readonly [key: string, message: string])[] = [
  ["env_file: /etc/shadow", '"/etc/shadow"'],
  ["env_file: [{path: ../x}]", '"../x"'],
  ["label_file: /etc/passwd", '"/etc/passwd"'],
  ["credential_spec: {file: /etc/x}", '"/etc/x"'],
  ["security_opt: ['seccomp:/etc/passwd']", "seccomp=unconfined"],
  ["use_api_socket: true", "logins"],
  ["provider: {type: /tmp/x.sh}", "runs programs"],
  ["models: [m]", "runs programs"],
  ["build: /etc", '"/etc"'],
  ["extends: {file: x.yaml, service: a}", "one file"],
];
const PLACES: readonly (readonly [what: string, path: string, text: (key: string) => string])[] = [
  ["a service", "services.w", (key) => `services: {w: {image: x:1, ${key}}}\n`],
  ...["pre_start", "post_start", "pre_stop"].map((hook) =>
    [
      `a hook ${hook}`,
      `services.w.${hook}.0`,
      (key: string) => `services: {w: {image: x:1, ${hook}: [{command: x, ${key}}]}}\n`,
    ] as const
  ),
  [
    "a hook of a job",
    "jobs.j.pre_start.0",
    (key) => `services: {w: {image: x:1}}\njobs: {j: {image: x:1, pre_start: [{${key}}]}}\n`,
  ],
  ["a job", "jobs.j", (key) => `services: {w: {image: x:1}}\njobs: {j: {image: x:1, ${key}}}\n`],
  [
    "a watch",
    "services.w.develop.watch.0.exec",
    (key) => `services: {w: {image: x:1, develop: {watch: [{exec: {${key}}}]}}}\n`,
  ],
  [
    "a container below an unknown key",
    "services.w.before.a",
    (key) => `services: {w: {image: x:1, before: {a: {${key}}}}}\n`,
  ],
];

for (const [what, path, text] of PLACES) {
  Deno.test(`refuses access beyond the folder in ${what}, as written and as resolved`, async () => {
    for (const [key, message] of REACHING) {
      const compose = text(key);
      const value = parseYaml(compose, "compose");
      for (
        const check of [
          () => checkFileAccess(value, compose, false),
          () => checkResolvedReach(value, compose, "/data/1"),
        ]
      ) {
        const { issues = [] } = await assertRejects(check, AppError);
        assertEquals([issues.length, issues[0]?.path.startsWith(`compose.${path}.`)], [1, true], key);
        assertStringIncludes(issues[0]?.message ?? "", message);
      }
    }
  });
}

Deno.test("accepts the absolute paths of a resolved hook and job within the folder", async () => {
  const container = {
    env_file: [{ path: "/data/1/a.env", required: true }],
    label_file: ["/data/1/l"],
    credential_spec: { file: "c.json" },
    build: { context: "/data/1", dockerfile: "Dockerfile" },
  };
  const config = { services: { w: { pre_start: [container] } }, jobs: { j: container } };
  await checkResolvedReach(config, "services: {}\n", "/data/1");
});

Deno.test("accepts files inside the folder and sources outside this machine", async () => {
  const text = service(
    "build: {context: ., additional_contexts: {base: docker-image://alpine, a: 'service:b'}}",
    "env_file: web.env",
    "extends: {service: base}",
  );
  await checkFileAccess(parseYaml(text, "compose"), text, false);
});

Deno.test("does not expand exponentially nested lists", async () => {
  const doubled = Array.from({ length: 60 }, (_, n) => `  - &l${n + 1} [*l${n}, *l${n}]`).join("\n");
  const lines = [
    "security_opt: [*l60, {toString: 1}]",
    "build: {context: ., cache_from: [*l60, {toString: 1}]}",
  ];
  const text = `x-l:\n  - &l0 [a]\n${doubled}\n${service(...lines)}`;
  await checkFileAccess(parseYaml(text, "compose"), text, false);
});

Deno.test("an adopted project may read its files, but runs no program and gets no logins", async () => {
  const adopted = service("env_file: /etc/app.env");
  await checkFileAccess(parseYaml(adopted, "compose"), adopted, true);
  for (const line of ["provider: {type: /tmp/x.sh}", "use_api_socket: true"]) {
    const text = service(line);
    await assertRejects(() => checkFileAccess(parseYaml(text, "compose"), text, true), AppError);
  }
});
