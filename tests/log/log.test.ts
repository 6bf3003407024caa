import * as v from "valibot";
import { LogMessage } from "../../server/protocol/log.ts";
import { assert, eventually } from "../assert.ts";
import { startProgram } from "../program.ts";

Deno.test("the log of a program is JSON lines with the places where the source logs", async () => {
  await using program = startProgram(["--demo", "--port", "0", "--log-format", "json"]);
  await program.url();
  await program.logged("Host Simulated is up");
  const lines = program.err.trim().split("\n").map((line) => JSON.parse(line));
  for (const line of lines) {
    assert(v.is(LogMessage, line));
    const places = await placesNamed(line.file, line.line);
    assert(
      places.some((place) => /log\.(info|warn|error|debug)\(/.test(place)),
      `${line.file}:${line.line}: ${places}`,
    );
  }
  assert(await eventually("lines", () => lines.length >= 2));
});

/** Text of that line in each file of the server with that name. */
async function placesNamed(file: string, line: number): Promise<readonly string[]> {
  const server = new URL("../../server/", import.meta.url);
  const places: string[] = [];
  for await (const path of filesBelow(server)) {
    if (!path.pathname.endsWith(`/${file}`)) continue;
    places.push((await Deno.readTextFile(path)).split("\n")[line - 1] ?? "");
  }
  return places;
}

async function* filesBelow(folder: URL): AsyncGenerator<URL> {
  for await (const entry of Deno.readDir(folder)) {
    if (entry.isDirectory) yield* filesBelow(new URL(`${entry.name}/`, folder));
    else yield new URL(entry.name, folder);
  }
}
