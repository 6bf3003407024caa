/** Generated edits of one project, with what a plan has to tell apart. */
import fc from "fast-check";
import { freePort } from "../../free_port.ts";
import { IMAGE } from "../engines.ts";
import { service } from "../stacks.ts";

const PORT = freePort();

const option = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined, freq: 2 });
/** True once in `weight + 1` times. */
const seldom = (weight: number) =>
  fc.oneof(
    { weight, arbitrary: fc.constant(false) },
    { weight: 1, arbitrary: fc.constant(true) },
  );

const SERVICE = fc.record({
  isMissing: seldom(5),
  variable: option(fc.constantFrom("1", "2")),
  label: option(fc.constantFrom("a", "b")),
  restart: option(fc.constantFrom("always", "no")),
  replicas: option(fc.constantFrom(0, 1, 2)),
  memory: option(fc.constantFrom("64m", "128m")),
  isInProfile: seldom(6),
  network: option(fc.constantFrom("front", "back")),
  volume: option(fc.constantFrom("data", "more")),
  config: option(fc.constantFrom("one", "two", "three")),
  hasSecret: seldom(3),
  hasEnvFile: seldom(2),
  isHealthChecked: seldom(3),
  image: fc.constantFrom("fixed", "fixed", "moving"),
  command: fc.constantFrom("exec sleep 1000", "exec sleep 2000"),
});

/** Generates edits. */
export const PROJECT = fc.record({
  web: SERVICE,
  api: SERVICE,
  db: SERVICE,
  shares: fc.boolean(),
  publishes: fc.boolean(),
  profile: fc.boolean(),
  value: option(fc.constantFrom("a", "b")),
  depends: option(fc.constantFrom("service_started", "service_healthy")),
  restarts: seldom(4),
  build: option(fc.record({ argument: fc.constantFrom("1", "2"), content: fc.constantFrom("x", "y") })),
  volumeLabel: fc.constantFrom("1", "1", "1", "2"),
  moved: fc.constantFrom(0, 0, 1),
  config: fc.constantFrom("1", "2"),
  secret: fc.constantFrom("1", "2"),
  envFile: fc.constantFrom("1", "2"),
});

type Generated = typeof SERVICE extends fc.Arbitrary<infer T> ? T : never;
/** One edit. */
export type Edit = typeof PROJECT extends fc.Arbitrary<infer T> ? T : never;

/** Texts and files of an edit. */
export interface EditTexts {
  readonly compose: string;
  readonly env: string;
  readonly files: readonly { readonly path: string; readonly text: string }[];
}

/**
 * Returns the texts and files of an edit. One service is always there.
 *
 * @param moving Name of an image whose tag moves between edits.
 */
export function textsOf(edit: Edit, moving: string): EditTexts {
  const { web, api, db, profile, value, build } = edit;
  const lines = Object.entries({ web, api, db }).flatMap(([name, one]) =>
    one.isMissing ? [] : [serviceText(name, one, name === "web" ? webLines(edit) : [], moving)]
  );
  const uses = edit.shares && !web.isMissing && !web.isInProfile && (web.replicas ?? 1) === 1;
  const fixed = service("fixed", "exec sleep 1000", ...uses ? ['network_mode: "service:web"'] : []);
  const built = build === undefined ? "" : builtText(build.argument);
  const compose = `services:\n${fixed}${lines.join("")}${built}` +
    // Changed settings of a network are left out: Compose may fail to recreate it.
    "networks: { front: {}, back: {} }\n" +
    `volumes: { data: { labels: { v: "${edit.volumeLabel}" } }, more: {} }\n` +
    'configs: { one: { content: "1 ${V:-}" }, two: { content: "2" }, three: { file: ./three.conf } }\n' +
    "secrets: { token: { file: ./token.txt } }\n";
  const files = [
    { path: "three.conf", text: edit.config },
    { path: "token.txt", text: edit.secret },
    { path: "service.env", text: `FROM_FILE=${edit.envFile}\n` },
    { path: "built/Dockerfile", text: `FROM ${IMAGE}\nARG A\nLABEL a=$A\nCOPY content /content\n` },
    { path: "built/content", text: build?.content ?? "x" },
  ];
  return { compose, env: `${profile ? "COMPOSE_PROFILES=p\n" : ""}V=${value ?? ""}\n`, files };
}

function webLines({ web, api, publishes, depends, restarts }: Edit): string[] {
  // A dependency in an inactive profile is an error, and one without containers or a check is never healthy.
  const canDepend = !api.isMissing && !api.isInProfile && api.replicas !== 0 &&
    (depends !== "service_healthy" || api.isHealthChecked);
  return [
    ...publishes && web.replicas === undefined ? [`ports: ["127.0.0.1:${PORT}:80"]`] : [],
    ...depends !== undefined && canDepend
      ? [`depends_on: { api: { condition: ${depends}, restart: ${restarts} } }`]
      : [],
  ];
}

function serviceText(name: string, one: Generated, more: readonly string[], moving: string): string {
  const text = service(
    name,
    one.command,
    ...one.variable === undefined ? [] : [`environment: { A: "${one.variable}" }`],
    ...one.label === undefined ? [] : [`labels: { l: "${one.label}" }`],
    ...one.restart === undefined ? [] : [`restart: "${one.restart}"`],
    ...one.replicas === undefined ? [] : [`scale: ${one.replicas}`],
    ...one.memory === undefined ? [] : [`mem_limit: ${one.memory}`],
    ...one.isInProfile ? ["profiles: [p]"] : [],
    ...one.network === undefined ? [] : [`networks: [${one.network}]`],
    ...one.volume === undefined ? [] : [`volumes: ["${one.volume}:/d"]`],
    ...one.config === undefined ? [] : [`configs: [${one.config}]`],
    ...one.hasSecret ? ["secrets: [token]"] : [],
    ...one.hasEnvFile ? ["env_file: [./service.env]"] : [],
    ...one.isHealthChecked ? ['healthcheck: { test: [CMD, "busybox", "true"], interval: 1s }'] : [],
    ...more,
  );
  return one.image === "moving" ? text.replace(IMAGE, moving) : text;
}

function builtText(argument: string): string {
  const lines = [
    `build: { context: ./built, args: { A: "${argument}" } }`,
    'command: ["busybox", "sleep", "1000"]',
    "stop_grace_period: 0s",
  ];
  return `  built:\n${lines.map((line) => `    ${line}\n`).join("")}`;
}
