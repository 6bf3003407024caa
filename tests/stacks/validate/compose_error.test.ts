import { parseComposeError } from "../../../server/stacks/validate/compose_error.ts";
import { locateIssues } from "../../../server/stacks/validate/issues.ts";
import { assertEquals } from "../../assert.ts";

const COMPOSE = `services:
  web:
    image: [a]
    pots: []
    volume: x
    ports:
      - target: 80
        x: 1
      - "80:99999"
    networks: [nope]
    depends_on: [db]
    mem_limit: 5x
    label_file: x.txt
    pre_start:
      - env_file: [{path: ./x.env}]
  we.b:
    imagine: a
extra: 1
networks:
  inner:
    drivers: x
`;

/** Errors of Compose 2.40.3, and of 2.26.1 where they differ, with the path, line and column of each mistake. */
const ERRORS: readonly (readonly [error: string, ...places: string[]])[] = [
  [
    "services.web additional properties 'pots', 'volume' not allowed",
    "compose.services.web.pots 4 5",
    "compose.services.web.volume 5 5",
  ],
  [" additional properties 'extra' not allowed", "compose.extra 18 1"],
  ["services.web Additional property pots is not allowed", "compose.services.web.pots 4 5"],
  ["(root) Additional property extra is not allowed", "compose.extra 18 1"],
  ["services.web.ports.0 additional properties 'x' not allowed", "compose.services.web.ports.0.x 8 9"],
  ["services.we.b additional properties 'imagine' not allowed", "compose.services.we.b.imagine 17 5"],
  ["networks.inner additional properties 'drivers' not allowed", "compose.networks.inner.drivers 21 5"],
  ["services.web.pots false schema", "compose.services.web.pots 4 5"],
  ["services.we.b.imagine false schema", "compose.services.we.b.imagine 17 5"],
  ["extra false schema", "compose.extra 18 1"],
  ["services.web.networks.[0]: unexpected type int", "compose.services.web.networks.0 10 16"],
  ["invalid interpolation format for services.web.image.", "compose.services.web.image 3 5"],
  ["services.web.image must be a string", "compose.services.web.image 3 5"],
  [
    'service "web" refers to undefined network nope: invalid compose project',
    "compose.services.web.networks 10 5",
  ],
  [
    'service "web" depends on undefined service "db": invalid compose project',
    "compose.services.web.depends_on 11 5",
  ],
  ["'services[web].mem_limit' invalid suffix: 'x'", "compose.services.web.mem_limit 12 5"],
  [
    "error while interpolating services.web.image: required variable A is missing a value: need A",
    "compose.services.web.image 3 5",
  ],
  ["Invalid containerPort: b", "compose 1 1"],
  ["Invalid containerPort: 99999", "compose.services.web.ports.1 9 9"],
  ["label file b/../x.txt not found: stat", "compose.services.web.label_file 13 5"],
  ["env file x.env not found: stat", "compose.services.web.pre_start.0.env_file 15 9"],
  ["env file other.env not found: stat", "compose 1 1"],
  ["networks must be a mapping", "compose.networks 19 1"],
  ["empty compose file", "compose 1 1"],
  ["dependency cycle detected: web -> db -> web", "compose.services.web.depends_on 11 5"],
  [
    "service web declares mutually exclusive `network_mode` and `networks`: invalid compose project",
    "compose.services.web.network_mode 2 3",
  ],
];

for (const [error, ...places] of ERRORS) {
  Deno.test(`locates an error of Compose: ${error.trim()}`, async () => {
    const issues = await locateIssues(COMPOSE, await parseComposeError(error, COMPOSE));
    assertEquals(issues.map(({ path, line, column }) => [path, line, column].join(" ").trim()), places);
  });
}

Deno.test("reports each of several unknown keys separately, with a suggestion", async () => {
  const issues = await parseComposeError(
    "services.web additional properties 'pots', 'volume' not allowed",
    COMPOSE,
  );
  assertEquals(issues.map(({ message }) => message), [
    'unknown key "pots": did you mean "ports"?',
    'unknown key "volume": did you mean "volumes"?',
  ]);
});

Deno.test("reports a key of the specification that the installed Compose does not know", async () => {
  const [issue] = await parseComposeError(
    "services.web additional properties 'pre_start' not allowed",
    COMPOSE,
  );
  assertEquals(
    issue?.message,
    'unknown key "pre_start": the installed version of Compose does not support it',
  );
});

Deno.test("parses long errors in linear time", async () => {
  for (const long of ["a.".repeat(300_000), "[".repeat(500_000), "services." + "[".repeat(500_000)]) {
    assertEquals(
      (await parseComposeError(`${long} additional properties 'x' not allowed`, COMPOSE)).length,
      1,
    );
  }
});

Deno.test("gives no position in a text of more than 200,000 characters", async () => {
  const text = `${COMPOSE}# ${"x".repeat(200_000)}\n`;
  assertEquals(await locateIssues(text, [{ keys: ["services", "web"], message: "m" }]), [
    { path: "compose.services.web", message: "m" },
  ]);
});

Deno.test("a container name that two services have is at the second, without the empty braces of Compose", async () => {
  const error = 'services.v: container name "same" is already in use by service {}"';
  assertEquals(await parseComposeError(error, "services: {}\n"), [{
    keys: ["services", "v", "container_name"],
    message: 'the name "same" is the container_name of another service too',
  }]);
});
