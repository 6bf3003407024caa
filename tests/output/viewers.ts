/** Viewers of container output, on a server with one engine. */
import type { OutputLine } from "../../server/docker/demux.ts";
import type { Server } from "../../server/serve.ts";
import { eventually } from "../assert.ts";
import { serveEngines, type TestClient } from "../client.ts";
import type { FakeEngine } from "../fakes/engine.ts";

/** Creates a line with a timestamp, in seconds from now. */
export function line(
  second: number,
  message: string,
  stream: "stdout" | "stderr" = "stdout",
): OutputLine {
  return { timestamp: new Date(Date.now() + second * 1000).toISOString(), message, stream };
}

/** Serves an engine, and waits until its host is up. */
export async function serveEngine(engine: FakeEngine): Promise<Server> {
  const server = await serveEngines({ Localhost: engine });
  await eventually("the host", async () => {
    const [host] = await (await fetch(`${server.url}/docker/hosts`)).json();
    return host.state === "up";
  });
  return server;
}

/** Returns the messages that a viewer received, and its notices with "!". */
export function messages(client: TestClient): string[] {
  return client.frames.slice(1).map(({ message, error }) => message ?? `! ${error}`);
}
