import { openDockerode, sendWith } from "../../server/docker/dockerode.ts";
import type { EngineCall } from "../../server/docker/engine.ts";
import { assertEquals } from "../assert.ts";

/** Sends a request, and returns what the engine received. */
async function received(call: EngineCall): Promise<string> {
  const seen = Promise.withResolvers<string>();
  await using server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen() {} }, async (request) => {
    const { pathname, search } = new URL(request.url);
    seen.resolve(`${request.method} ${pathname}${search} ${await request.text()}`.trim());
    return Response.json({});
  });
  const { hostname, port } = server.addr;
  const docker = openDockerode({ protocol: "http", host: hostname, port }, "v1.51");
  await sendWith(docker, call, new AbortController().signal);
  return await seen.promise;
}

const CALLS: readonly (readonly [EngineCall, string])[] = [
  [{ method: "GET", path: "/info" }, "GET /v1.51/info"],
  [{ method: "GET", path: "/system/df?type=volume" }, "GET /v1.51/system/df?type=volume"],
  [{ method: "DELETE", path: "/containers/a?v=1&force=1" }, "DELETE /v1.51/containers/a?v=1&force=1"],
  [{ method: "POST", path: "/containers/a/stop" }, "POST /v1.51/containers/a/stop"],
  [{ method: "POST", path: "/containers/a/stop?t=1" }, "POST /v1.51/containers/a/stop?t=1"],
  [{ method: "POST", path: "/a/update", body: { Memory: 1 } }, 'POST /v1.51/a/update {"Memory":1}'],
  [{ method: "POST", path: "/a/update?b=1", body: { Memory: 1 } }, 'POST /v1.51/a/update?b=1 {"Memory":1}'],
];

for (const [call, expected] of CALLS) {
  Deno.test(`the engine receives ${expected}`, async () => assertEquals(await received(call), expected));
}
