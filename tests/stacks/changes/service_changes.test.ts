import type { EngineCall } from "../../../server/docker/engine.ts";
import { AppError } from "../../../server/errors.ts";
import { changesOfDeployment } from "../../../server/stacks/changes/service_changes.ts";
import type { Resolved } from "../../../server/stacks/validate/resolve.ts";
import type { StoredService } from "../../../server/store/stack_record.ts";
import { assertEquals } from "../../assert.ts";
import { fakeContainer, FakeEngine } from "../../fakes/engine.ts";
import { storedService } from "../../fakes/service.ts";

function resolved(
  service: Record<string, unknown>,
  services: StoredService[] = [storedService("web")],
): Resolved {
  return {
    written: {},
    services,
    config: { web: service },
    volumes: {},
    networks: {},
    notes: [],
    every: [],
    parts: new Map(),
  };
}

/** An engine whose containers run an image with this environment. */
function engineWith(env: readonly string[]): FakeEngine {
  const engine = new FakeEngine();
  engine.onCall = ({ path }: EngineCall) =>
    path.startsWith("/images")
      ? { Config: { Env: ["PATH=/bin"] } }
      : { Image: "sha256:1", Config: { Image: "busybox:1", Env: ["PATH=/bin", ...env] } };
  return engine;
}

const web = fakeContainer("shop-web-1", { project: "shop", service: "web" });
const SERVICE = { image: "busybox:1", environment: { PW: "" } };

Deno.test("a service whose container matches is not listed", async () => {
  const project = { project: "shop", containers: [web], engine: engineWith(["PW="]) };
  assertEquals(await changesOfDeployment(resolved(SERVICE), project), []);
});

Deno.test("a service whose container a deployment would recreate is listed with the reasons", async () => {
  const project = { project: "shop", containers: [web], engine: engineWith(["PW=secret"]) };
  assertEquals(await changesOfDeployment(resolved(SERVICE), project), [
    { service: "web", message: "a deployment would recreate its container: environment (PW)" },
  ]);
});

Deno.test("a service with another number of containers is listed", async () => {
  const project = { project: "shop", containers: [web], engine: engineWith([]) };
  assertEquals(await changesOfDeployment(resolved(SERVICE, [storedService("web", { wanted: 3 })]), project), [
    { service: "web", message: "it has 1 container now, and would have 3" },
  ]);
});

Deno.test("a container whose service is off or gone is listed", async () => {
  const debug = fakeContainer("shop-debug-1", { project: "shop", service: "debug" });
  const project = { project: "shop", containers: [web, debug], engine: engineWith(["PW="]) };
  const changes = (every: string[]) => changesOfDeployment({ ...resolved(SERVICE), every }, project);
  const off = "its profile is off: a deployment does not change it";
  assertEquals(await changes(["debug", "web"]), [{ service: "debug", message: off }]);
  const gone = "the compose file does not have it: a deployment would remove its container";
  assertEquals(await changes(["web"]), [{ service: "debug", message: gone }]);
});

Deno.test("nothing is claimed about a service that is built, or that the engine does not describe", async () => {
  const built = await changesOfDeployment(resolved({ build: {} }), {
    ...{ project: "shop", containers: [web], engine: engineWith([]) },
  });
  assertEquals(built, [{
    service: "web",
    message: "cannot tell whether its image would be built differently",
  }]);
  const engine = new FakeEngine();
  engine.onCall = () => {
    throw new AppError("engine-refused", "no");
  };
  assertEquals(await changesOfDeployment(resolved(SERVICE), { project: "shop", containers: [web], engine }), [
    { service: "web", message: "cannot tell what a deployment would change: no" },
  ]);
});

Deno.test("a container of compose run does not count", async () => {
  const run = { ...fakeContainer("run", { project: "shop", service: "web" }), oneOff: true };
  const project = { project: "shop", containers: [web, run], engine: engineWith(["PW="]) };
  assertEquals(await changesOfDeployment(resolved(SERVICE), project), []);
});
