import { findWarnings, type HostContext } from "../../../server/stacks/validate/warnings.ts";
import { assertEquals } from "../../assert.ts";
import { fakeContainer } from "../../fakes/engine.ts";

const ALONE: HostContext = { project: "shop", env: undefined, containers: [], foreignFolders: false };

/** Finds the warnings about one service, as it is written and as Compose resolves it. */
async function warningsOf(service: Readonly<Record<string, unknown>>, around: Partial<HostContext> = {}) {
  const text = JSON.stringify({ services: { web: service } });
  const resolved = {
    written: JSON.parse(text),
    services: [],
    config: { web: service },
    volumes: {},
    notes: [],
    every: [],
    parts: new Map(),
  };
  return (await findWarnings(text, resolved, { ...ALONE, ...around })).map(({ path, message }) =>
    `${path.replace("compose.services.web.", "")}: ${message}`
  );
}

for (
  const [image, how] of [
    ["nginx", "has no tag"],
    ["nginx:latest", 'has the tag "latest"'],
    ["localhost:5000/nginx", "has no tag"],
    ["localhost:5000/nginx:latest", 'has the tag "latest"'],
    ["nginx:1.29", undefined],
    ["localhost:5000/nginx:1", undefined],
    ["nginx@sha256:00", undefined],
    ["nginx:latest@sha256:00", undefined],
    ["nginx:latest-alpine", undefined],
    [5, undefined],
    [undefined, undefined],
  ] as const
) {
  Deno.test(
    how === undefined ? `accepts the image ${image}` : `warns that the image ${image} ${how}`,
    async () => {
      const expected = `image: image "${image}" ${how}: every pull may bring another one`;
      assertEquals(await warningsOf({ image }), how === undefined ? [] : [expected]);
    },
  );
}

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
