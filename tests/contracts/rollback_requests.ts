/** Requests that return a service to the image before an update. */
import type { FakeEngine } from "../fakes/engine.ts";
import type { Scene } from "./scene.ts";

/** Updates and returns the service of stack 1, with and without waiting. */
export async function requestRollbacks(scene: Scene, engine: FakeEngine): Promise<void> {
  const before = engine.onCall;
  let digit = 0;
  const labels = { "com.docker.compose.project": "shop", "com.docker.compose.service": "web" };
  engine.onCall = (call, signal) => {
    if (call.path.startsWith("/containers/json")) {
      return [{ Id: "a", ImageID: `sha256:${"a".repeat(64)}`, Labels: labels }];
    }
    if (!call.path.startsWith("/images/sha256:")) return before(call, signal);
    return { RepoDigests: [`busybox@sha256:${String(digit++ % 10).repeat(64)}`] };
  };
  await scene.request("POST", "/stacks/1/services/web/update?wait=1");
  await scene.request("POST", "/stacks/1/services/web/rollback?wait=1");
  await scene.request("POST", "/stacks/1/services/web/update?wait=1");
  await scene.startAndWait("POST", "/stacks/1/services/web/rollback");
  engine.onCall = before;
}
