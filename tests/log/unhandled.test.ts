/** Errors that no code handles. */
import { assertEquals, assertStringIncludes } from "../assert.ts";

const ROOT = new URL("../..", import.meta.url).pathname;

/** Runs code in a separate process that survives unhandled errors, as the server does. */
async function runSurvivor(code: string): Promise<{ readonly out: string; readonly log: string }> {
  const script = `
    import { startLog } from "${ROOT}server/log/log.ts";
    import { catchUnhandled, unhandledErrors } from "${ROOT}server/log/unhandled.ts";
    startLog({ level: "info", format: "json" });
    const survival = catchUnhandled();
    ${code}
    setTimeout(() => console.log(unhandledErrors.count), 20);`;
  const args = ["eval", "--config", `${ROOT}deno.json`, script];
  const { stdout, stderr } = await new Deno.Command(Deno.execPath(), { args }).output();
  const [out, log] = [stdout, stderr].map((bytes) => new TextDecoder().decode(bytes));
  return { out: out!.trim(), log: log! };
}

const FAULTS: readonly (readonly [what: string, code: string])[] = [
  ["a rejected promise without a handler", 'Promise.reject(new Error("boom"));'],
  ["an async timer that fails", 'setTimeout(async () => { throw new Error("boom"); });'],
  ["a timer that fails", 'setTimeout(() => { throw new Error("boom"); });'],
  [
    "an event listener that fails",
    `const stop = new AbortController();
     stop.signal.addEventListener("abort", () => { throw new Error("boom"); });
     stop.abort();`,
  ],
  [
    "an error event of an emitter without a listener",
    `const { EventEmitter } = await import("node:events");
     setTimeout(() => new EventEmitter().emit("error", new Error("boom")));`,
  ],
];

for (const [what, code] of FAULTS) {
  Deno.test(`the server survives, counts and logs ${what}`, async () => {
    const { out, log } = await runSurvivor(code);
    assertEquals(out, "1");
    assertStringIncludes(log, '"level":"ERROR"');
    assertStringIncludes(log, "Error: boom");
  });
}

Deno.test("after its disposal errors end the process as usual", async () => {
  const { out, log } = await runSurvivor(
    'survival[Symbol.dispose](); Promise.reject(new Error("boom")); await new Promise(() => {});',
  );
  assertEquals(out, "");
  assertStringIncludes(log, "Uncaught (in promise)");
});
