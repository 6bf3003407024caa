import { partsOf } from "../../server/compose/schema_walk.ts";
import { parseYaml } from "../../server/yaml.ts";
import { assertEquals } from "../assert.ts";

/** Returns the unknown keys and the containers of a text, as paths. */
function partsIn(text: string) {
  const { unknown, containers } = partsOf(parseYaml(text, "compose"));
  const paths = (found: readonly { readonly keys: readonly unknown[] }[]) =>
    found.map(({ keys }) => keys.join("."));
  return { unknown: paths(unknown), containers: paths(containers) };
}

const UNKNOWN: readonly (readonly [place: string, text: string, ...unknown: string[]])[] = [
  ["the file", "servces: {}", "servces"],
  ["a service", "services: {a: {pots: []}, b: {volume: x}}", "services.a.pots", "services.b.volume"],
  ["a build", "services: {a: {build: {contxt: .}}}", "services.a.build.contxt"],
  [
    "a deployment",
    "services: {a: {deploy: {resources: {limits: {cpu: 1}}, placement: {preferences: [{spred: x}]}}}}",
    "services.a.deploy.resources.limits.cpu",
    "services.a.deploy.placement.preferences.0.spred",
  ],
  ["a health check", "services: {a: {healthcheck: {tst: x}}}", "services.a.healthcheck.tst"],
  ["a port", "services: {a: {ports: ['80', {target: 80, host: x}]}}", "services.a.ports.1.host"],
  ["a mount", "services: {a: {volumes: [{bind: {create: 1}}]}}", "services.a.volumes.0.bind.create"],
  ["an ulimit", "services: {a: {ulimits: {nofile: {sof: 1}}}}", "services.a.ulimits.nofile.sof"],
  ["a watch", "services: {a: {develop: {watch: [{pth: x}]}}}", "services.a.develop.watch.0.pth"],
  ["a hook", "services: {a: {pre_start: [{comand: x}]}}", "services.a.pre_start.0.comand"],
  ["a hook with fewer keys", "services: {a: {post_start: [{image: x}]}}", "services.a.post_start.0.image"],
  [
    "a job",
    "jobs: {j: {imag: x, triggers: {schedule: [{cro: x}]}}}",
    "jobs.j.imag",
    "jobs.j.triggers.schedule.0.cro",
  ],
  ["a network", "networks: {n: {ipam: {config: [{subnt: x}]}}}", "networks.n.ipam.config.0.subnt"],
  ["a secret of a service", "services: {a: {secrets: [{sorce: s}]}}", "services.a.secrets.0.sorce"],
  ["a dependency", "services: {a: {depends_on: {b: {conditon: x}}}}", "services.a.depends_on.b.conditon"],
  ["an included file", "include: [{paths: x}]", "include.0.paths"],
];

for (const [place, text, ...unknown] of UNKNOWN) {
  Deno.test(`finds unknown keys of ${place}`, () => assertEquals(partsIn(text).unknown, unknown));
}

for (
  const [what, text] of [
    ["extensions", "x-a: {b: c}\nservices: {a: {x-b: {c: d}, build: {x-c: 1}}}"],
    ["free names", "services: {a: {environment: {b: c}, labels: {d: e}, logging: {options: {f: g}}}}"],
    ["driver options", "volumes: {v: {driver_opts: {a: b}}}\nnetworks: {n: {driver_opts: {a: b}}}"],
    ["short forms", "services: {a: {build: ., ports: ['80'], env_file: a.env, depends_on: [b], gpus: all}}"],
    ["empty parts", "services: {a: , b: {build: , ports: , networks: {n: }}}\nvolumes: {v: }"],
    ["values of wrong types", "services: 7\nnetworks: 5\nvolumes: {v: [{a: b}]}"],
  ] as const
) {
  Deno.test(`finds no unknown keys in ${what}`, () => assertEquals(partsIn(text).unknown, []));
}

Deno.test("finds every specification of a container", () => {
  const text = [
    "services:",
    "  a:",
    "    pre_start: [{image: x}]",
    "    post_start: [{command: x}, {command: y}]",
    "    pre_stop: [{command: x}]",
    "    develop: {watch: [{exec: {command: x}}]}",
    "    labels: {env_file: x}",
    "jobs: {j: {image: x}}",
  ].join("\n");
  assertEquals(partsIn(text).containers.sort(), [
    "jobs.j",
    "services.a",
    "services.a.develop.watch.0.exec",
    "services.a.post_start.0",
    "services.a.post_start.1",
    "services.a.pre_start.0",
    "services.a.pre_stop.0",
  ]);
});

Deno.test("takes every mapping below an unknown key for a container", () => {
  const { containers } = partsIn("services: {a: {on_stop: [{image: x, then: {image: y}}]}}");
  assertEquals(containers, ["services.a", "services.a.on_stop.0", "services.a.on_stop.0.then"]);
});

Deno.test("reads a value once that is referenced at many places", () => {
  const lists = Array.from({ length: 60 }, (_, n) => `- &l${n + 1} [*l${n}, *l${n}]`).join("\n");
  const { unknown } = partsIn(
    `services: {a: {new: &n {b: c}, c: {d: *n}}}\nnew:\n- &l0 [{a: b}]\n${lists}\n`,
  );
  assertEquals(unknown, ["services.a.new", "services.a.c", "new"]);
});
