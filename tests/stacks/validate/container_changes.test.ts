import {
  containerChanges,
  type ContainerComparison,
} from "../../../server/stacks/validate/container_changes.ts";
import { assertEquals } from "../../assert.ts";

type Fields = Record<string, unknown>;

/** Compares a service with a container that fits it, both changed as a test needs. */
function changes(service: Fields, container: { config?: Fields; host?: Fields; mounts?: Fields[] } = {}) {
  const { config = {}, host = {}, mounts = [] } = container;
  const comparison: ContainerComparison = {
    service: { image: "busybox:1", ...service },
    project: "shop",
    volumes: { data: { name: "shop_data" }, ext: { name: "elsewhere", external: true } },
    inspection: {
      Config: { Image: "busybox:1", Env: ["PATH=/bin", "LANG=C"], ...config },
      HostConfig: { RestartPolicy: { Name: "no" }, ...host },
      Mounts: mounts,
    },
    image: { Config: { Env: ["PATH=/bin", "LANG=C"] } },
  };
  return containerChanges(comparison);
}

const bind = { type: "bind", source: "/srv", target: "/data" };
const mounted = { Type: "bind", Source: "/srv", Destination: "/data", RW: true };
const volume = { Type: "volume", Name: "shop_data", Destination: "/v", RW: true };

const CASES: readonly (readonly [
  what: string,
  service: Fields,
  container: { config?: Fields; host?: Fields; mounts?: Fields[] },
  expected: string[],
])[] = [
  ["the same image", {}, {}, []],
  ["another image", { image: "busybox:2" }, {}, ["image"]],
  ["a blank variable", { environment: { PW: "" } }, { config: { Env: ["PATH=/bin", "LANG=C", "PW=x"] } }, [
    "environment (PW)",
  ]],
  ["the same variable", { environment: { PW: "a$$b" } }, {
    config: { Env: ["PATH=/bin", "LANG=C", "PW=a$b"] },
  }, []],
  ["a missing variable", { environment: { PW: "x" } }, {}, ["environment (PW)"]],
  ["a variable that only the container has", {}, { config: { Env: ["PATH=/bin", "LANG=C", "OLD=1"] } }, [
    "environment (OLD)",
  ]],
  ["a variable of the image with another value", {}, { config: { Env: ["PATH=/bin", "LANG=de"] } }, [
    "environment (LANG)",
  ]],
  ["a variable without a value, which is the image's", { environment: { LANG: null } }, {}, []],
  ["the same command", { command: ["sleep", "1"] }, { config: { Cmd: ["sleep", "1"] } }, []],
  ["another command", { command: ["sleep", "1"] }, { config: { Cmd: ["sleep", "2"] } }, ["command"]],
  ["the same command with dollar signs", { command: ["sh", "-c", "echo $$HOME $$$$"] }, {
    config: { Cmd: ["sh", "-c", "echo $HOME $$"] },
  }, []],
  ["the same entrypoint with a dollar sign", { entrypoint: ["run", "$$MODE"] }, {
    config: { Entrypoint: ["run", "$MODE"] },
  }, []],
  ["the same user with a dollar sign", { user: "svc$$" }, { config: { User: "svc$" } }, []],
  ["the same mount at a path with a dollar sign", { volumes: [{ ...bind, target: "/a$$b" }] }, {
    mounts: [{ ...mounted, Destination: "/a$b" }],
  }, []],
  ["the image's command", { command: null }, { config: { Cmd: ["sh"] } }, []],
  ["another entrypoint", { entrypoint: [] }, { config: { Entrypoint: ["x"] } }, ["entrypoint"]],
  ["another user and hostname", { user: "1", hostname: "a" }, { config: { User: "2", Hostname: "b" } }, [
    "hostname",
    "user",
  ]],
  ["another label", { labels: { a: "b" } }, { config: { Labels: { a: "c" } } }, ["labels (a)"]],
  [
    "labels of the image and of Compose",
    { labels: { a: "b" } },
    { config: { Labels: { a: "b", x: "y" } } },
    [],
  ],
  ["the same restart policy", { restart: "on-failure:3" }, {
    host: { RestartPolicy: { Name: "on-failure", MaximumRetryCount: 3 } },
  }, []],
  ["another restart policy", { restart: "always" }, {}, ["restart"]],
  ["other retries", { restart: "on-failure:3" }, {
    host: { RestartPolicy: { Name: "on-failure", MaximumRetryCount: 0 } },
  }, ["restart"]],
  ["the same port", { ports: [{ target: 80, published: "8080", protocol: "tcp" }] }, {
    host: { PortBindings: { "80/tcp": [{ HostIp: "", HostPort: "8080" }] } },
  }, []],
  ["another address", { ports: [{ target: 80, published: "8080", host_ip: "127.0.0.1" }] }, {
    host: { PortBindings: { "80/tcp": [{ HostIp: "", HostPort: "8080" }] } },
  }, ["ports"]],
  ["a port that only the container has", {}, {
    host: { PortBindings: { "80/tcp": [{ HostIp: "", HostPort: "8080" }] } },
  }, ["ports"]],
  ["the same bind mount", { volumes: [bind] }, { mounts: [mounted] }, []],
  ["another source", { volumes: [bind] }, { mounts: [{ ...mounted, Source: "/tmp" }] }, ["volumes (/data)"]],
  ["a mount that is read-only now", { volumes: [{ ...bind, read_only: true }] }, { mounts: [mounted] }, [
    "volumes (/data)",
  ]],
  ["a missing mount", { volumes: [bind] }, {}, ["volumes (/data)"]],
  [
    "the same volume",
    { volumes: [{ type: "volume", source: "data", target: "/v" }] },
    { mounts: [volume] },
    [],
  ],
  [
    "an external volume",
    { volumes: [{ type: "volume", source: "ext", target: "/v" }] },
    { mounts: [volume] },
    ["volumes (/v)"],
  ],
  ["a volume without a name", { volumes: [{ type: "volume", target: "/v" }] }, { mounts: [volume] }, []],
  ["a privileged container", { privileged: true }, {}, ["privileged"]],
  ["the same limits", { mem_limit: "1024", cpus: 0.5 }, { host: { Memory: 1024, NanoCpus: 5e8 } }, []],
  ["a lost limit", {}, { host: { Memory: 1024 } }, ["limits"]],
  ["another limit", { deploy: { resources: { limits: { cpus: 1 } } } }, { host: { NanoCpus: 5e8 } }, [
    "limits",
  ]],
];

for (const [what, service, container, expected] of CASES) {
  Deno.test(`a deployment with ${what} changes ${expected.join(" and ") || "nothing"}`, () => {
    assertEquals(changes(service, container), expected);
  });
}

Deno.test("an inspection of any shape is compared without an error", () => {
  for (
    const inspection of [{}, { Config: 1, HostConfig: [], Mounts: "x" }, { Config: { Env: [1], Cmd: 5 } }]
  ) {
    const service = { image: "a", environment: { A: "1" }, volumes: [1], ports: ["x"], labels: 5 };
    const found = containerChanges({ service, project: "p", volumes: {}, inspection, image: undefined });
    assertEquals(found.includes("image"), true);
  }
});

Deno.test("reads a target of half a million slashes in one pass", () => {
  const target = `/data${"/".repeat(500_000)}x`;
  assertEquals(changes({ volumes: [{ ...bind, target }] }, { mounts: [mounted] }).length, 1);
});

Deno.test("slashes at the end of a target change nothing", () => {
  assertEquals(changes({ volumes: [{ ...bind, target: "/data//" }] }, { mounts: [mounted] }), []);
});
