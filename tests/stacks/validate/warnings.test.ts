import type { Resolved } from "../../../server/stacks/validate/resolve.ts";
import { findWarnings, type HostContext } from "../../../server/stacks/validate/warnings.ts";
import { assertEquals } from "../../assert.ts";
import { fakeContainer } from "../../fakes/engine.ts";

const ALONE: HostContext = { project: "shop", env: undefined, containers: [], foreignFolders: false };

/** Finds the warnings about one service, as it is written and as Compose resolves it. */
async function warningsOf(service: Readonly<Record<string, unknown>>, around: Partial<HostContext> = {}) {
  const text = JSON.stringify({ services: { web: service } });
  const resolved = resolvedFrom(text, { web: service });
  return (await findWarnings(text, resolved, { ...ALONE, ...around })).map(({ path, message }) =>
    `${path.replace("compose.services.web.", "")}: ${message}`
  );
}

function resolvedFrom(text: string, config: Resolved["config"]): Resolved {
  return {
    written: JSON.parse(text),
    services: [],
    config,
    volumes: {},
    networks: {},
    notes: [],
    every: [],
    parts: new Map(),
  };
}

for (
  const [image, isUntagged] of [
    ["nginx", true],
    ["nginx:latest", true],
    ["localhost:5000/nginx", true],
    ["localhost:5000/nginx:latest", true],
    ["nginx:1.29", false],
    ["localhost:5000/nginx:1", false],
    ["nginx@sha256:00", false],
    ["nginx:latest@sha256:00", false],
    ["nginx:latest-alpine", false],
    [5, false],
    [undefined, false],
  ] as const
) {
  Deno.test(`${isUntagged ? "warns about" : "accepts"} the image ${image}`, async () => {
    const expected = `image: image "${image}" has no fixed version: each pull may get a newer image`;
    assertEquals(await warningsOf({ image }), isUntagged ? [expected] : []);
  });
}

Deno.test("warns once about the images of several services", async () => {
  const images = ["nginx", "redis:latest", "nginx", "postgres:17", "caddy", "traefik"];
  const config = Object.fromEntries(images.map((image, index) => [`s${index}`, { image }]));
  const text = JSON.stringify({ services: config });
  const resolved = resolvedFrom(text, config);
  const [warning, ...others] = await findWarnings(text, resolved, ALONE);
  assertEquals(others, []);
  assertEquals(warning?.path, "compose.services.s0.image");
  const list = '("nginx", "redis:latest", "caddy", …)';
  assertEquals(
    warning?.message,
    `the images of 5 services have no fixed version ${list}: each pull may get a newer image`,
  );
});

for (
  const [port, publishedAddresses, project, isTaken] of [
    [{ published: "8080" }, "0.0.0.0:8080/tcp", "other", true],
    [{ published: 8080 }, "0.0.0.0:80/tcp 0.0.0.0:8080/tcp", null, true],
    [{ published: "53", protocol: "udp" }, ":::53/udp", "other", true],
    [{ published: "53", protocol: "udp" }, "0.0.0.0:53/tcp", "other", false],
    [{ published: "8080" }, "0.0.0.0:18080/tcp 0.0.0.0:8080/udp", "other", false],
    [{ published: "8080" }, "0.0.0.0:8080/tcp", "shop", false],
    [{ published: "8080", host_ip: "127.0.0.2" }, "127.0.0.1:8080/tcp", "other", false],
    [{ published: "8080", host_ip: "127.0.0.1" }, "127.0.0.1:8080/tcp", "other", true],
    [{ published: "8080", host_ip: "127.0.0.1" }, "0.0.0.0:8080/tcp", "other", true],
    [{ published: "8080" }, "127.0.0.1:8080/tcp", "other", true],
    [{ published: "0" }, "0.0.0.0:0/tcp", "other", false],
    [{ published: "8080-8090" }, "0.0.0.0:8080/tcp", "other", false],
    [{ published: -1 }, "0.0.0.0:-1/tcp", "other", false],
    [{ target: 8080 }, "0.0.0.0:8080/tcp", "other", false],
    [null, "0.0.0.0:8080/tcp", "other", false],
  ] as const
) {
  const name = JSON.stringify([port, publishedAddresses, project]);
  Deno.test(`finds ${isTaken ? "a" : "no"} taken port for ${name}`, async () => {
    const containers = [fakeContainer("holder", { publishedAddresses, project })];
    const warnings = await warningsOf({ ports: [port] }, { containers });
    assertEquals(warnings.map((text) => /taken by container "holder"$/.test(text)), isTaken ? [true] : []);
  });
}

for (
  const [volume, isRelative] of [
    ["./data:/data", true],
    ["../data:/data:ro", true],
    [".:/data", true],
    ["..:/data", true],
    [{ type: "bind", source: "./data" }, true],
    [".data:/data", false],
    ["...:/data", false],
    ["/srv:/data", false],
    ["data:/data", false],
    [{ type: "tmpfs" }, false],
    [null, false],
    [7, false],
  ] as const
) {
  const isFound = isRelative ? "a" : "no";
  Deno.test(`finds ${isFound} relative folder in the volume ${JSON.stringify(volume)}`, async () => {
    const found = await warningsOf({ volumes: ["a:/a", volume] }, { foreignFolders: true });
    assertEquals(found.map((text) => text.split(": ")[0]), isRelative ? ["volumes.1"] : []);
    assertEquals(await warningsOf({ volumes: [volume] }), []);
  });
}
