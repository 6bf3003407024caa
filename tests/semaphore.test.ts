import { Semaphore } from "../server/semaphore.ts";
import { assert, assertEquals, assertRejects } from "./assert.ts";

const NEVER = new AbortController().signal;

/** Acquires a slot that must be free. */
async function acquireNow(semaphore: Semaphore): Promise<Disposable> {
  let waited = false;
  const slot = await semaphore.acquire(NEVER, () => waited = true);
  assert(!waited, "a slot was expected to be free");
  return slot;
}

/** Acquires a slot that must not be free; `acquired` becomes true once it is. */
function acquireLater(semaphore: Semaphore, signal = NEVER) {
  const caller = { waits: false, acquired: false };
  const slot = semaphore.acquire(signal, () => caller.waits = true).then((slot) => {
    caller.acquired = true;
    return slot;
  });
  return { caller, slot };
}

/** Runs the reactions to all settled promises. */
const settled = () => new Promise((resolve) => queueMicrotask(() => setTimeout(resolve)));

Deno.test("a caller waits only when no slot is free", async () => {
  const semaphore = new Semaphore(2);
  using _one = await acquireNow(semaphore);
  const two = await acquireNow(semaphore);
  const { caller, slot } = acquireLater(semaphore);
  await settled();
  assertEquals(caller, { waits: true, acquired: false });
  two[Symbol.dispose]();
  using _three = await slot;
});

Deno.test("waiting callers get slots in the order of their requests", async () => {
  const semaphore = new Semaphore(1);
  const first = await acquireNow(semaphore);
  const order: number[] = [];
  const work = [1, 2, 3].map(async (number) => {
    using _slot = await semaphore.acquire(NEVER);
    order.push(number);
    await settled();
  });
  first[Symbol.dispose]();
  await Promise.all(work);
  assertEquals(order, [1, 2, 3]);
});

Deno.test("a caller that aborts while it waits leaves its place to the next", async () => {
  const semaphore = new Semaphore(1);
  const holder = await acquireNow(semaphore);
  const leave = new AbortController();
  const left = acquireLater(semaphore, leave.signal);
  const next = acquireLater(semaphore);
  const reason = new Error("cancelled");
  leave.abort(reason);
  assert(await left.slot.catch((error) => error) === reason);
  assert(!next.caller.acquired);
  holder[Symbol.dispose]();
  using _slot = await next.slot;
});

Deno.test("a slot that is assigned at the moment of an abort is free again", async () => {
  const semaphore = new Semaphore(1);
  const holder = await acquireNow(semaphore);
  const leave = new AbortController();
  const left = acquireLater(semaphore, leave.signal);
  leave.abort(new Error("cancelled"));
  holder[Symbol.dispose]();
  await assertRejects(() => left.slot, Error, "cancelled");
  using _slot = await acquireNow(semaphore);
});

Deno.test("a request that is aborted from the start takes no slot", async () => {
  const semaphore = new Semaphore(1);
  await assertRejects(() => semaphore.acquire(AbortSignal.abort(new Error("late"))), Error, "late");
  using _slot = await acquireNow(semaphore);
});

Deno.test("no more callers than slots run at the same time, even when some of them fail or abort", async () => {
  const semaphore = new Semaphore(3);
  let [running, most] = [0, 0];
  const work = Array.from({ length: 40 }, async (_, number) => {
    const leave = new AbortController();
    if (number % 5 === 0) queueMicrotask(() => leave.abort(new Error("cancelled")));
    using _slot = await semaphore.acquire(leave.signal);
    most = Math.max(most, ++running);
    await settled();
    running--;
    if (number % 7 === 0) throw new Error("failed");
  });
  await Promise.allSettled(work);
  assertEquals([running, most], [0, 3]);
  using _one = await acquireNow(semaphore);
  using _two = await acquireNow(semaphore);
  using _three = await acquireNow(semaphore);
});

Deno.test("a slot is undefined when the signal aborts first", async () => {
  const semaphore = new Semaphore(1);
  using _holder = await acquireNow(semaphore);
  const leave = new AbortController();
  const left = semaphore.acquireUnlessAborted(leave.signal);
  leave.abort();
  assertEquals(await left, undefined);
});
