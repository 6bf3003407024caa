import { assertEquals, eventually } from "../../../../tests/assert.ts";
import { Refresher } from "../../src/lib/refresher.ts";

function work() {
  const began: PromiseWithResolvers<void>[] = [];
  const refresher = new Refresher(() => {
    began.push(Promise.withResolvers<void>());
    return began.at(-1)!.promise;
  }, 1);
  return { began, refresher };
}

Deno.test("simultaneous requests cause one run", async () => {
  const { began, refresher } = work();
  for (let times = 0; times < 9; times++) refresher.ask();
  await eventually("the work", () => began.length > 0);
  assertEquals(began.length, 1);
  refresher[Symbol.dispose]();
});

Deno.test("requests during a run cause one more run", async () => {
  const { began, refresher } = work();
  refresher.ask();
  await eventually("the work", () => began.length === 1);
  refresher.ask();
  refresher.ask();
  began[0]!.resolve();
  await eventually("the work again", () => began.length === 2);
  began[1]!.resolve();
  refresher[Symbol.dispose]();
});

Deno.test("does not run after it is disposed", () => {
  const { began, refresher } = work();
  refresher.ask();
  refresher[Symbol.dispose]();
  refresher.ask();
  assertEquals(began.length, 0);
});
