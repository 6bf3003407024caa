import { DEFAULT_LIMITS } from "../../server/config/limits.ts";
import { assert, eventually } from "../assert.ts";
import { rawConnection, TOKEN, upgradeRequest } from "../client.ts";
import { serveTerminals, TERMINAL } from "./client.ts";

/** First byte of a ping, which is followed by the length of its payload. */
const PING = 0x89;

Deno.test("an idle terminal receives pings, so that a proxy keeps its connection", async () => {
  await using it = await serveTerminals({ limits: { ...DEFAULT_LIMITS, idleSeconds: 1 } });
  using client = await rawConnection(it.server.url);
  await client.write(upgradeRequest(TERMINAL, { Authorization: `Bearer ${TOKEN}` }));
  let received: readonly number[] = [];
  await eventually("a ping", async () => {
    const buffer = new Uint8Array(4096);
    const count = await client.read(buffer);
    received = [...received, ...buffer.subarray(0, count ?? 0)];
    return received.some((byte, index) => byte === PING && received[index + 1] === 0);
  });
});

Deno.test("pings are twice as frequent as proxies with a timeout of 60 s require", () => {
  assert(DEFAULT_LIMITS.idleSeconds <= 30);
});
