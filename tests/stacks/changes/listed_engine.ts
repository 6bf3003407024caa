/** Fake engines that list the containers of a project. */
import type { EngineCall } from "../../../server/docker/engine.ts";
import { FakeEngine } from "../../fakes/engine.ts";

/** An engine whose containers of the project "web" are those of these services. */
export function engineWith(services: () => readonly string[]): FakeEngine {
  const engine = new FakeEngine();
  engine.onCall = ({ path }: EngineCall) => {
    if (path.startsWith("/images")) return { Id: "sha256:1", Config: {} };
    if (!path.startsWith("/containers/json")) return { Config: { Image: "busybox:1" } };
    return services().map((service) => ({
      ...{ Id: service, Names: [`/web-${service}-1`], State: "running", ImageID: "sha256:1" },
      Labels: { "com.docker.compose.service": service, "com.docker.compose.config-hash": "h" },
    }));
  };
  return engine;
}

/** Answers of an engine with one container, one of two networks, and a volume of another project. */
export function wholeEngine(): FakeEngine {
  const engine = engineWith(() => ["web"]);
  const containers = engine.onCall!;
  engine.onCall = (call, signal) => {
    if (call.path === "/networks") return [{ Name: "web_default", Labels: {} }];
    if (call.path === "/volumes") return { Volumes: [{ Name: "other_data", Labels: {} }] };
    return containers(call, signal);
  };
  return engine;
}
