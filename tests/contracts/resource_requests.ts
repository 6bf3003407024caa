/** Requests about images, volumes and networks that have every described answer. */
import type { EngineCall } from "../../server/docker/engine.ts";
import { rawContainer, rawImage, rawNetwork, rawVolume } from "../fakes/resources/resource_engine.ts";
import type { FakeEngine } from "../fakes/engine.ts";
import type { Requests } from "./container_requests.ts";

/** Answers of an engine that keeps what was removed, so that it can be removed again. */
const ANSWERS: Readonly<Record<string, unknown>> = {
  "/containers/json?all=1": [rawContainer("job")],
  "/images/json": [rawImage("base", ["base:1"]), rawImage("loose")],
  "/volumes": { Volumes: [rawVolume("data")] },
  "/networks": [rawNetwork("back")],
};

/** Sends every request of images, volumes, networks and their prune. */
export async function requestResources(to: Requests, engine: FakeEngine | undefined): Promise<void> {
  if (engine !== undefined) engine.onCall = ({ path }: EngineCall) => ANSWERS[path] ?? [];
  for (const [kind, id] of [["images", "base:1"], ["volumes", "data"], ["networks", "back"]]) {
    await to.request("GET", `/${kind}`);
    const path = `/${kind}/Localhost/${id}`;
    await to.request("DELETE", `${path}?dryRun=1`);
    await to.request("DELETE", `${path}?wait=1`);
    const { body } = await to.request("DELETE", path);
    await to.waitForEnd(body.operation_id);
  }
  const request = { hostId: "Localhost", kinds: ["images"] };
  const { body: { digest } } = await to.request("POST", "/prune", { ...request, dryRun: true });
  await to.request("POST", "/prune?wait=1", { ...request, dryRun: false, digest });
  const { body } = await to.request("POST", "/prune", { ...request, dryRun: false, digest });
  await to.waitForEnd(body.operation_id);
}
