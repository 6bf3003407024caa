import * as v from "valibot";
import { LogMessage } from "../../server/protocol/log.ts";
import { assert, assertMatch, eventually } from "../assert.ts";
import { startProgram } from "../program.ts";

Deno.test("the log of a program is JSON lines with the places where the source logs", async () => {
  await using program = startProgram(["--demo", "--port", "0", "--log-format", "json"]);
  await program.url();
  await program.logged("Host Simulated is up");
  const lines = program.err.trim().split("\n").map((line) => JSON.parse(line));
  for (const line of lines) {
    assert(v.is(LogMessage, line));
    const folders = ["server", "server/stats", "server/docker", "server/routes"];
    const sources = await Promise.all(
      folders.map((folder) =>
        Deno.readTextFile(new URL(`../../${folder}/${line.file}`, import.meta.url)).catch(() => "")
      ),
    );
    assertMatch(
      sources.join("").split("\n").slice(line.line - 1, line.line).join(),
      /log\.(info|warn|error|debug)\(/,
    );
  }
  assert(await eventually("lines", () => lines.length >= 2));
});
