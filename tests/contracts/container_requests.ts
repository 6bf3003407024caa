/** Requests about one container, and about hosts, that have every described answer. */
import { CONTAINER_COMMAND_NAMES } from "../../server/protocol/container_commands.ts";
import type { Answer } from "./served.ts";

/** Sends requests and validates their answers. */
export interface Requests {
  request(method: string, path: string, body?: unknown): Promise<Answer>;
  waitForEnd(operationId: number): Promise<void>;
}

/** Sends every request of a container that does not run; the last one removes it. */
export async function requestContainers(to: Requests, container: string): Promise<void> {
  await to.request("GET", container);
  await to.request("GET", `${container}/terminal`);
  await to.request("DELETE", `${container}?dryRun=1`);
  for (const name of CONTAINER_COMMAND_NAMES) await startTwice(to, "POST", `${container}/${name}`);
  await startTwice(to, "PATCH", container, { cpus: 1 });
  await startTwice(to, "DELETE", container);
}

/** Adds, tests and removes a host. */
export async function requestHosts(to: Requests): Promise<void> {
  await to.request("POST", "/hosts", { id: "nas", url: "tcp://10.0.0.5:2376" });
  await to.request("POST", "/hosts/test", { url: "tcp://127.0.0.1:2375" });
  await to.request("DELETE", "/hosts/nas");
}

async function startTwice(to: Requests, method: string, path: string, body?: unknown): Promise<void> {
  await to.request(method, `${path}?wait=1`, body);
  const answer = await to.request(method, path, body);
  await to.waitForEnd(answer.body.operation_id);
}
