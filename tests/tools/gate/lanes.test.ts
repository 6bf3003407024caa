import { assertEquals, assertGreater } from "../../assert.ts";
import { temporaryFolder } from "../../fakes/folder.ts";
import { runLanes } from "../../../tools/gate/lanes.ts";
import type { Part } from "../../../tools/gate/parts.ts";

/** A part that runs a script. */
function script(name: string, source: string): Part {
  return { name, args: ["eval", source] };
}

/** Waits for a file, which another part writes. */
const wait = (path: string) => `while (true) try { Deno.statSync(${JSON.stringify(path)}); break; } catch {}`;
const write = (path: string) => `Deno.writeTextFileSync(${JSON.stringify(path)}, "")`;

function collect(): { sink: { writeSync(bytes: Uint8Array): number }; text(): string } {
  let text = "";
  return {
    sink: { writeSync: (bytes) => (text += new TextDecoder().decode(bytes), bytes.length) },
    text: () => text,
  };
}

Deno.test("lanes run side by side, and the parts of one lane after each other", async () => {
  using folder = temporaryFolder({});
  const [a, b] = [folder.path("a"), folder.path("b")];
  const results = await runLanes([
    [script("one", `${write(a)}; ${wait(b)}`), script("two", `Deno.removeSync(${JSON.stringify(b)})`)],
    [script("three", `${wait(a)}; ${write(b)}`)],
  ], collect().sink);
  assertEquals(results.map(({ part, code }) => [part.name, code]), [["one", 0], ["two", 0], ["three", 0]]);
});

Deno.test("shows the output of the lanes in their order, also when a later one ends first", async () => {
  using folder = temporaryFolder({});
  const ended = folder.path("ended");
  const { sink, text } = collect();
  await runLanes([
    [script("slow", `console.log("1"); ${wait(ended)}; console.log("2")`)],
    [script("quick", `console.log("3"); ${write(ended)}`), script("last", "console.log(4)")],
  ], sink);
  assertEquals(text().split("\n").filter(Boolean), ["== slow", "1", "2", "== quick", "3", "== last", "4"]);
});

Deno.test("all parts run after a failure, and each has its time", async () => {
  const results = await runLanes([
    [script("fails", "Deno.exit(3)"), script("follows", "")],
    [script("beside", "")],
  ], collect().sink);
  assertEquals(results.map(({ code }) => code), [3, 0, 0]);
  for (const { seconds } of results) assertGreater(seconds, 0);
});
