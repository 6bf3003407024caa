/** Requests about a swarm that have every described answer. */
import type { FakeEngine } from "../fakes/engine.ts";
import { FakeManager, SERVICE } from "../swarm/fake_manager.ts";
import type { Requests } from "./container_requests.ts";

const SERVICE_PATH = `/swarm/Localhost/services/${SERVICE}`;

/** The changes of a service and of a stack, with their bodies. */
const CHANGES: readonly (readonly [method: string, path: string, body?: unknown])[] = [
  ["POST", `${SERVICE_PATH}/scale`, { replicas: 3 }],
  ["POST", `${SERVICE_PATH}/update`],
  ["POST", `${SERVICE_PATH}/rollback`],
  ["POST", "/swarm/Localhost/nodes/fr9cjiwzuvm1lzfpm6y1qb7jz/availability", { availability: "pause" }],
  ["DELETE", SERVICE_PATH],
  ["PUT", "/swarm/Localhost/stacks/new", { compose: "services:\n  web:\n    image: busybox:1\n" }],
  ["DELETE", "/swarm/Localhost/stacks/shop"],
];

/** Sends every request of swarms. */
export async function requestSwarm(to: Requests, engine: FakeEngine | undefined): Promise<void> {
  const manager = new FakeManager();
  if (engine !== undefined) engine.onCall = (call) => manager.answer(call);
  await to.request("GET", "/swarm/Localhost");
  for (const [method, path, body] of CHANGES) {
    await to.request(method, `${path}?wait=1`, body);
    const answer = await to.request(method, path, body);
    await to.waitForEnd(answer.body.operation_id);
  }
  await to.request("GET", "/swarm/Localhost/stacks/new?version=1");
  for (const path of ["/swarm/Localhost/draft", "/swarm/Localhost/stacks/new/draft"]) {
    for (const method of ["PUT", "GET", "DELETE"]) {
      await to.request(method, path, method === "PUT" ? {} : undefined);
    }
  }
}
