import type { Operation } from "../../../server/protocol/operations.ts";
import { explainFailure, type FailureContext } from "../../../server/stacks/failures/explain.ts";
import type { StoredService } from "../../../server/store/stack_record.ts";
import { assertEquals } from "../../assert.ts";
import { fakeContainer } from "../../fakes/container.ts";

const COMPOSE = `services:
  web:
    image: private/app:1
    ports: ["8080:80"]
  db:
    image: db:1
    healthcheck: { test: "false" }
`;

function service(name: string, image: string): StoredService {
  return {
    ...{ name, image, wanted: 1, containerName: null, builds: false, buildHash: null, contextFolder: null },
    ...{ contentHash: null, contentFiles: [] },
  };
}

const CONTEXT: FailureContext = {
  compose: COMPOSE,
  services: [service("web", "private/app:1"), service("db", "db:1")],
  containers: [],
};

function failed(error: string): Operation {
  return {
    ...{ operation_id: 1, stack_id: 1, project: "shop", hostId: "Localhost", action: "deploying" },
    ...{ target: { kind: "stack", name: "shop", id: "1" }, state: "failed", exit_code: 1, error },
    ...{ created_at: "", started_at: "", ended_at: "" },
  } as Operation;
}

Deno.test("names the holder of a port, and the line that publishes it", async () => {
  const holder = fakeContainer("other-web-1", {
    project: "other",
    publishedAddresses: "0.0.0.0:8080/tcp",
    portPairs: "8080:80/tcp",
  });
  const error = "on endpoint shop-web-1 (ab): Bind for 127.0.0.1:8080 failed: port is already allocated";
  assertEquals(await explainFailure(failed(error), { ...CONTEXT, containers: [holder] }), {
    kind: "port-in-use",
    cause: 'Port 127.0.0.1:8080 is in use by container "other-web-1" of project "other".',
    remedy: 'Stop "other-web-1", or publish another port in the Compose file.',
    service: "web",
    line: 4,
    container: { hostId: "Localhost", id: holder.id, name: "other-web-1", project: "other" },
    log: null,
  });
});

Deno.test("does not blame a container whose port has another address", async () => {
  const other = fakeContainer("other", {
    publishedAddresses: "192.0.2.1:8080/tcp",
    portPairs: "8080:80/tcp",
  });
  const found = await explainFailure(failed("Bind for 127.0.0.1:8080 failed: port is already allocated"), {
    ...CONTEXT,
    containers: [other],
  });
  assertEquals([found?.container, found?.service], [null, null]);
});

Deno.test("shows the output of the health check of an unhealthy dependency", async () => {
  const db = fakeContainer("shop-db-1", { project: "shop", service: "db", healthOutput: "no answer" });
  const error = "dependency failed to start: container shop-db-1 is unhealthy";
  const found = await explainFailure(failed(error), { ...CONTEXT, containers: [db] });
  assertEquals([found?.service, found?.line, found?.log], ["db", 7, "no answer"]);
});

Deno.test("names the line of an image that the registry refuses", async () => {
  const error = "pull access denied for private/app, repository does not exist or may require 'docker login'";
  const found = await explainFailure(failed(error), CONTEXT);
  assertEquals([found?.kind, found?.service, found?.line], ["authentication", "web", 3]);
});

Deno.test("explains no operation that has not failed", async () => {
  assertEquals(await explainFailure({ ...failed("x"), state: "cancelled" }, CONTEXT), undefined);
});

const BUILDS = "services:\n  api:\n    build: ./api\n  my.web:\n    image: w\n    build: ./web\n";
const BUILT = ["api", "my.web"].map((name) => ({ ...service(name, "w"), builds: true }));
const PROCESS =
  'failed to solve: process "/bin/sh -c echo \\"a\\" && false" did not complete successfully: exit code: 1';

for (
  const [what, error, services, line] of [
    ["the only service that is built", PROCESS, BUILT.slice(0, 1), 3],
    ["the target that the builder names", `target my_web: ${PROCESS}`, BUILT, 6],
    ["no service where several are built", PROCESS, BUILT, null],
  ] as const
) {
  Deno.test(`a failed command of a build is explained with ${what}`, async () => {
    const found = await explainFailure(failed(error), { compose: BUILDS, services, containers: [] });
    assertEquals([found?.kind, found?.cause, found?.line], [
      "build-failed",
      'A command of the build failed: echo \\"a\\" && false',
      line,
    ]);
  });
}

Deno.test("shortens a long command of a build", async () => {
  const error = `The command '/bin/sh -c ${"x".repeat(1000)}' returned a non-zero code: 1`;
  const found = await explainFailure(failed(error), CONTEXT);
  assertEquals(found?.cause, `A command of the build failed: ${"x".repeat(200)}…`);
});

Deno.test("a build without space is explained by the disk", async () => {
  const found = await explainFailure(failed(`write /a: no space left on device\n${PROCESS}`), CONTEXT);
  assertEquals(found?.kind, "no-space");
});
