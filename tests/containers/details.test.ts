import fc from "fast-check";
import * as v from "valibot";
import { toDetails } from "../../server/containers/details.ts";
import { ContainerDetails } from "../../server/protocol/containers.ts";
import { assert, assertEquals } from "../assert.ts";
import { fakeContainer } from "../fakes/engine.ts";
import { FAKE_IMAGE, fakeInspection, IMAGE_ID } from "../fakes/inspection.ts";

const CONTEXT = {
  hostId: "nas",
  container: fakeContainer("web", { project: "shop", service: "web", number: 1 }),
  host: { cpus: 4, memoryBytes: 8 * 2 ** 30 },
  stackId: 12,
  now: Date.parse("2026-08-01T14:00:00Z"),
  showSecrets: false,
};

Deno.test("returns what the engine reports about a container", () => {
  const details = toDetails(fakeInspection("web"), FAKE_IMAGE, CONTEXT);
  assert(v.is(ContainerDetails, details), JSON.stringify(v.safeParse(ContainerDetails, details).issues));
  const { ports: _, mounts: __, networks: ___, limits: ____, env: _____, health: ______, ...rest } = details;
  assertEquals(rest, {
    id: CONTEXT.container.id,
    name: "web",
    hostId: "nas",
    image: "nginx:1.29",
    imageId: IMAGE_ID,
    imageDigest: `nginx@sha256:${"d".repeat(64)}`,
    created: "2026-08-01T11:00:00.123Z",
    command: ["serve", "--port", "80"],
    entrypoint: ["/entry.sh"],
    workingDir: "/srv",
    user: "1000",
    state: "running",
    status: "Up 2 hours (unhealthy)",
    exitCode: null,
    oomKilled: false,
    startedAt: "2026-08-01T12:00:00.500Z",
    finishedAt: null,
    restartCount: 2,
    restartPolicy: { name: "on-failure", maximumRetryCount: 3 },
    labels: { "com.docker.compose.project": "shop", tier: "front" },
    project: "shop",
    service: "web",
    number: 1,
    stack_id: 12,
    networkMode: "shop_default",
    privileged: false,
    capAdd: ["NET_ADMIN"],
    capDrop: null,
    readOnlyRootfs: true,
    logDriver: "json-file",
    options: [],
  });
});

Deno.test("returns the exit code of a container whose run has ended", () => {
  const codeIn = (Status: string) => {
    const inspection = { ...fakeInspection("web"), State: { Status, ExitCode: 137 } };
    return toDetails(inspection, FAKE_IMAGE, CONTEXT).exitCode;
  };
  assertEquals(["exited", "restarting", "paused", "created"].map(codeIn), [137, 137, null, null]);
});

Deno.test("masks secrets of the environment unless they are requested", () => {
  const valueOf = (showSecrets: boolean) =>
    toDetails(fakeInspection("web"), undefined, { ...CONTEXT, showSecrets }).env
      .find(({ name }) => name === "DB_PASSWORD")?.value;
  assertEquals([valueOf(false), valueOf(true)], [null, "hunter2"]);
});

Deno.test("an image without a digest in its own repository has that of another one, or null", () => {
  const digest = (image: unknown) => toDetails(fakeInspection("web"), image, CONTEXT).imageDigest;
  assertEquals(digest({ RepoDigests: ["mirror.example/nginx@sha256:1"] }), "mirror.example/nginx@sha256:1");
  for (const image of [undefined, {}, { RepoDigests: [] }, { RepoDigests: [7] }, "x"]) {
    assertEquals(digest(image), null);
  }
});

Deno.test("each of the engine's fields may be missing or have another type", () => {
  const whole = fakeInspection("web");
  const check = (inspection: unknown, path: string) => {
    const { issues } = v.safeParse(ContainerDetails, toDetails(inspection, FAKE_IMAGE, CONTEXT));
    assertEquals(issues?.map(({ message }) => message), undefined, path);
  };
  const replace = (node: unknown, path: readonly string[], value: unknown): unknown => {
    const [key, ...rest] = path;
    if (key === undefined) return value;
    const copy = Array.isArray(node) ? [...node] : { ...node as object };
    Object.assign(copy, { [key]: replace((node as Record<string, unknown>)[key], rest, value) });
    return copy;
  };
  const visit = (node: unknown, path: readonly string[]) => {
    for (const value of [undefined, null, 7, -1.5, "text", "", true, [], [null], {}, { a: 1 }]) {
      check(replace(whole, path, value), `${path.join(".")} = ${JSON.stringify(value)}`);
    }
    if (typeof node !== "object" || node === null) return;
    for (const [key, child] of Object.entries(node)) visit(child, [...path, key]);
  };
  visit(whole, []);
});

Deno.test("2,000 generated inspections give details of the schema", () => {
  const json = fc.jsonValue({ maxDepth: 4 });
  const shape = fc.record({
    Config: fc.record({ Env: json, Labels: json, Cmd: json, Entrypoint: json, Image: json }),
    State: fc.record({ Health: fc.record({ Status: json, Log: fc.array(json) }), StartedAt: json }),
    HostConfig: fc.record({ NanoCpus: json, Memory: json, PortBindings: json, PidsLimit: json }),
    NetworkSettings: fc.record({ Ports: json, Networks: json }),
    Mounts: fc.array(json),
    RestartCount: json,
  }, { requiredKeys: [] });
  fc.assert(
    fc.property(fc.oneof(json, shape), (inspection) => {
      const details = toDetails(inspection, inspection, CONTEXT);
      assert(v.is(ContainerDetails, JSON.parse(JSON.stringify(details))), JSON.stringify(details));
    }),
    { numRuns: 2000, seed: 20_261_126 },
  );
});
