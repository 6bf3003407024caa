/** Compares the table of keys with the schema in the installed Compose, and with its output. */
import { Buffer } from "node:buffer";
import { ComposeProgram } from "../../server/compose/compose.ts";
import { findCompose } from "../../server/compose/command.ts";
import { COMPOSE_FILE, type ObjectShape, type Shape } from "../../server/compose/schema.ts";
import { checkResolvedKeys } from "../../server/stacks/validate/unknown_keys.ts";
import { assert, assertEquals } from "../assert.ts";
import { temporaryFolder } from "../fakes/folder.ts";

const env = { PATH: Deno.env.get("PATH") ?? "", HOME: Deno.env.get("HOME") ?? "" };
const installed = await findCompose(env).catch(() => undefined);

interface Schema {
  readonly $ref?: string;
  readonly $defs?: Readonly<Record<string, Schema>>;
  readonly definitions?: Readonly<Record<string, Schema>>;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly patternProperties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly oneOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
}

/** Reads the JSON schema that the program of Compose contains. */
async function schemaIn(program: string): Promise<Schema> {
  const bytes = Buffer.from(await Deno.readFile(program));
  const start = bytes.lastIndexOf("{", bytes.indexOf('"$id": "compose_spec.json"'));
  const end = bytes.indexOf("\n}\n", start);
  assert(start >= 0 && end > start, `"${program}" contains no schema: compare the table in another way`);
  return JSON.parse(bytes.subarray(start, end + 2).toString());
}

/** Lists the places with fixed keys, such as "services.*.build.target". */
function placesIn(root: Schema): ReadonlySet<string> {
  const definitions = root.$defs ?? root.definitions ?? {};
  const forms = ({ $ref, ...own }: Schema): Schema[] => [
    own,
    ...[...own.oneOf ?? [], ...own.allOf ?? []].flatMap(forms),
    ...$ref === undefined ? [] : forms(definitions[$ref.split("/").at(-1)!]!),
  ];
  const places = new Set<string>();
  const visit = (schema: Schema, path: string) => {
    for (const { properties = {}, patternProperties = {}, items } of forms(schema)) {
      for (const [key, value] of Object.entries(properties)) {
        places.add(path + key);
        visit(value, `${path}${key}.`);
      }
      for (const [pattern, value] of Object.entries(patternProperties)) {
        if (pattern !== "^x-") visit(value, `${path}*.`);
      }
      if (items !== undefined) visit(items, `${path}*.`);
    }
  };
  visit(root, "");
  return places;
}

function placesOf(shape: ObjectShape): ReadonlySet<string> {
  const places = new Set<string>();
  const visit = (shape: Shape, path: string) => {
    if (shape === undefined) return;
    if ("each" in shape) return visit(shape.each, `${path}*.`);
    for (const [key, value] of shape.keys) {
      places.add(path + key);
      visit(value, `${path}${key}.`);
    }
  };
  visit(shape, "");
  return places;
}

Deno.test({
  name: "the table has every key of the schema in the installed Compose",
  ignore: installed === undefined,
  fn: async () => {
    const theirs = placesIn(await schemaIn(installed!.argv[0]));
    const ours = placesOf(COMPOSE_FILE);
    assert(theirs.size > 300, `found ${theirs.size} keys`);
    assertEquals([...theirs].filter((place) => !ours.has(place)), []);
  },
});

Deno.test({
  name:
    "the table has no key that the installed Compose does not know, unless Compose is older than the table",
  ignore: installed === undefined,
  fn: async () => {
    const theirs = placesIn(await schemaIn(installed!.argv[0]));
    if (!theirs.has("jobs")) return;
    assertEquals([...placesOf(COMPOSE_FILE)].filter((place) => !theirs.has(place)), []);
  },
});

/** A file with most kinds of objects, which every version of Compose 2.26 and newer accepts. */
const FULL = `
name: full
x-common: &common {restart: always, x-own: 1}
services:
  web:
    <<: *common
    build: {context: ., args: {A: b}, secrets: [s], ulimits: {nofile: {soft: 1, hard: 2}}}
    image: x:1
    blkio_config: {weight: 10, weight_device: [{path: /dev/sda, weight: 20}]}
    configs: [{source: c, target: /c}]
    depends_on: {db: {condition: service_started}}
    deploy:
      replicas: 1
      resources: {limits: {cpus: '1'}, reservations: {devices: [{capabilities: [gpu], count: 1}]}}
      restart_policy: {condition: any}
      update_config: {parallelism: 1}
      placement: {constraints: [a], preferences: [{spread: b}]}
    develop: {watch: [{action: sync, path: ./a, target: /a}]}
    devices: ['/dev/null:/dev/null']
    env_file: [{path: a.env, required: false}]
    extra_hosts: ['a:127.0.0.1']
    healthcheck: {test: [CMD, a], interval: 5s}
    logging: {driver: json-file, options: {max-size: 1m}}
    networks: {inner: {aliases: [a], priority: 1}}
    ports: ['80', {target: 81, published: '82', protocol: udp}]
    post_start: [{command: a, environment: [A=b]}]
    secrets: [s]
    security_opt: ['no-new-privileges:true']
    sysctls: {net.core.somaxconn: 1}
    ulimits: {nproc: 1}
    volumes: ['v:/v', {type: bind, source: ./b, target: /b, bind: {propagation: private}}, {type: tmpfs, target: /t}]
  db: {image: x:1, extends: {service: base}, gpus: all}
  base: {image: x:1, profiles: [other]}
networks: {inner: {ipam: {config: [{subnet: 10.9.0.0/24}]}}, outer: {external: true}}
volumes: {v: {driver: local, labels: [a=b]}}
configs: {c: {content: a}}
secrets: {s: {file: ./s}}
`;

for (const view of ["written", "every"] as const) {
  Deno.test({
    name: `Compose's own reading of a full file has known keys only: ${view}`,
    ignore: installed === undefined,
    fn: async () => {
      using folder = temporaryFolder({ "compose.yaml": FULL });
      const files = { folder: folder.path(""), compose: folder.path("compose.yaml"), env: undefined };
      const project = { name: "full", endpoint: { url: "unix:///none" }, files };
      const { error, output } = await new ComposeProgram(env).config(
        project,
        new AbortController().signal,
        view,
      );
      assertEquals(error, undefined);
      await checkResolvedKeys(JSON.parse(output), FULL, new Set());
    },
  });
}
