import {
  type HistoryAnswer,
  requestHistory,
} from "../../../../../src/features/containers/charts/data/history_request.ts";
import { assert, assertEquals, eventually } from "../../../../../../../tests/assert.ts";
import { message } from "../../../../fakes/messages.ts";
import { FakeTransport } from "../../../../fakes/transport.ts";

const DAY_MS = 86_400_000;
const ID = "0".repeat(64);

function request(spanMs: number) {
  const transport = new FakeTransport();
  const stop = new AbortController();
  const answer = requestHistory(transport, {
    hostId: "nas",
    id: ID,
    spanMs,
    points: 600,
    signal: stop.signal,
  });
  const queryOf = (path: string) => Object.fromEntries(new URLSearchParams(path.split("?")[1]));
  const frame = (value: unknown) => transport.newest.listener.frame(JSON.stringify(value));
  const refuse = () => transport.newest.listener.closed({ code: 1006, reason: "" });
  return { transport, stop, answer, queryOf, frame, refuse };
}

Deno.test("requests combined samples, and closes after the snapshot", async () => {
  const { transport, answer, queryOf, frame } = request(7 * DAY_MS);
  assertEquals(queryOf(transport.newest.path), {
    ...{ detail: "full", host: "nas", container: ID, interval: "60s" },
    ...{ history: "168h", points: "600" },
  });
  transport.newest.listener.opened();
  frame({
    id: ID,
    hostId: "nas",
    key: "k",
    resolutionMs: 60_000,
    columns: ["epochMs", "cpuUsage"],
    history: [[1, 2]],
  });
  frame(message());
  const { samples } = await answer as HistoryAnswer;
  assertEquals([samples.resolutionMs, samples.mean[0]?.[1], transport.newest.closed], [60_000, 2, true]);
});

Deno.test("a server that combines nothing sends single readings, a day at most", async () => {
  const { transport, answer, queryOf, frame, refuse } = request(7 * DAY_MS);
  refuse();
  await eventually("the second request", () => transport.channels.length === 2);
  assertEquals(queryOf(transport.newest.path).history, "24h");
  assertEquals("points" in queryOf(transport.newest.path), false);
  transport.newest.listener.opened();
  frame({ id: ID, hostId: "nas", history: [[1, 2, 3, null, null, null, null]] });
  frame(message());
  const found = await answer as HistoryAnswer;
  assertEquals([found.limitMs, found.samples.mean.length, found.samples.low], [DAY_MS, 1, undefined]);
});

Deno.test("reports a server that refuses both", async () => {
  const { transport, answer, refuse } = request(DAY_MS);
  refuse();
  await eventually("the second request", () => transport.channels.length === 2);
  refuse();
  assertEquals(await answer, undefined);
});

Deno.test("a notice about the host does not end the history", async () => {
  const { transport, answer, frame } = request(DAY_MS);
  transport.newest.listener.opened();
  frame({ hostId: "nas", error: "connect ECONNREFUSED" });
  assert(!transport.newest.closed);
  frame(message());
  assertEquals((await answer)?.samples.mean, []);
});

Deno.test("closes the socket when the page is left", () => {
  const { transport, stop } = request(DAY_MS);
  stop.abort();
  assert(transport.newest.closed);
});
