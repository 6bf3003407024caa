import { lifeOf } from "../../../../src/features/containers/attention/life.ts";
import { assertEquals } from "../../../../../../tests/assert.ts";
import { at, message } from "../../../fakes/messages.ts";

const UNKNOWN = { restartCount: null, exitCode: null, oomKilled: null, startedAt: null, finishedAt: null };

Deno.test("before the first inspection the exit code is that of the status text", () => {
  assertEquals(lifeOf(message(UNKNOWN)), UNKNOWN);
  const status = "Restarting (3) 9 seconds ago";
  assertEquals(lifeOf(message({ ...UNKNOWN, state: "restarting", status })), { ...UNKNOWN, exitCode: 3 });
});

Deno.test("reads the keys of a frame", () => {
  const keys = { restartCount: 4, exitCode: 137, oomKilled: true, startedAt: at(0), finishedAt: at(60) };
  const life = lifeOf(message({ state: "exited", ...keys }));
  assertEquals(life, { ...keys, startedAt: Date.parse(at(0)), finishedAt: Date.parse(at(60)) });
});

Deno.test("a running container has no exit code, and the year 1 does not count as its end", () => {
  const life = lifeOf(message({ exitCode: 0, finishedAt: "0001-01-01T00:00:00Z" }));
  assertEquals([life.exitCode, life.finishedAt], [null, null]);
});
