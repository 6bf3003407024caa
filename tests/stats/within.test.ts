import { AppError } from "../../server/errors.ts";
import { within } from "../../server/stats/within.ts";
import { assert, assertEquals, assertRejects } from "../assert.ts";

const SIGNAL = new AbortController().signal;

Deno.test("returns the answer of a call that ends in time", async () => {
  assertEquals(await within(60_000, "a ping", SIGNAL, () => Promise.resolve("pong")), "pong");
});

Deno.test("names the call that hung, and aborts it", async () => {
  let seen: AbortSignal | undefined;
  const hang = (signal: AbortSignal) => {
    seen = signal;
    return new Promise<never>(() => {});
  };
  const error = await assertRejects(() => within(1, "a ping", SIGNAL, hang), AppError);
  assertEquals([error.code, error.message], ["engine-unreachable", "no answer to a ping within 0.001 s"]);
  assert(seen!.aborted);
});

Deno.test("passes on the error of a call that fails in time", async () => {
  await assertRejects(
    () => within(60_000, "a ping", SIGNAL, () => Promise.reject(new TypeError("x"))),
    TypeError,
    "x",
  );
});

Deno.test("an abort is not a timeout", async () => {
  const stop = new AbortController();
  const call = within(60_000, "a ping", stop.signal, () => new Promise<never>(() => {}));
  stop.abort(new TypeError("stopped"));
  await assertRejects(() => call, TypeError, "stopped");
});
