/** Every warning that a recorded Compose printed has to be in its operation. */
import { BuildOutput } from "../../../server/compose/build_output.ts";
import { parseProgressLine } from "../../../server/compose/progress.ts";
import { openDatabase } from "../../../server/store/database.ts";
import { Journal } from "../../../server/store/journal.ts";
import { OperationNotes } from "../../../server/stacks/progress/operation_notes.ts";
import { RunReporter } from "../../../server/stacks/progress/run_reporter.ts";
import { WriteRetry } from "../../../server/stacks/progress/write_retry.ts";
import { assert, assertEquals } from "../../assert.ts";

const RECORDED = new URL("../../fixtures/compose/recorded/", import.meta.url);

/** The texts of warnings in a recording, read without the parser. */
function warningsIn(stderr: string): string[] {
  return stderr.split("\n").flatMap((line) => {
    const json = /^\{.*"level":"warning".*\}$/.exec(line)?.[0];
    if (json !== undefined) return [JSON.parse(json).msg as string];
    const logged = /^time="[^"]*" level=warning msg=("(?:[^"\\]|\\.)*")/.exec(line)?.[1];
    return logged === undefined ? [] : [JSON.parse(logged) as string];
  });
}

/** Runs recorded output through an operation and returns the warnings that it keeps. */
function keptBy(stderr: string, stdout: string): readonly string[] {
  using database = openDatabase(":memory:");
  const journal = new Journal(database);
  using writes = new WriteRetry();
  const target = { kind: "stack" as const, name: "shop", id: "1" };
  const operation = journal.begin({
    stackId: 1,
    hostId: "nas",
    project: "shop",
    action: "deploying",
    target,
  });
  const hide = (text: string) => text;
  const notes = new OperationNotes(operation.operation_id, journal, writes, hide);
  const reporter = new RunReporter(operation, new Map(), notes, hide, () => {});
  const output = new BuildOutput();
  for (const line of stderr.split("\n").map(parseProgressLine)) if (line !== undefined) reporter.take(line);
  for (const line of stdout.split("\n").flatMap((text) => output.parse(text))) reporter.take(line);
  notes.flush();
  return journal.notes(operation.operation_id).warnings;
}

async function* recordings(): AsyncGenerator<readonly [name: string, stderr: string, stdout: string]> {
  for await (const { name: version, isDirectory } of Deno.readDir(RECORDED)) {
    if (!isDirectory) continue;
    const folder = new URL(`${version}/`, RECORDED);
    for await (const { name } of Deno.readDir(folder)) {
      if (!name.endsWith(".stderr")) continue;
      const stdout = new URL(name.replace(/stderr$/, "stdout"), folder);
      yield [
        `${version}/${name}`,
        await Deno.readTextFile(new URL(name, folder)),
        await Deno.readTextFile(stdout).catch(() => ""),
      ];
    }
  }
}

Deno.test("no warning that Compose printed is missing from its operation", async () => {
  let count = 0;
  for await (const [name, stderr, stdout] of recordings()) {
    const kept = keptBy(stderr, stdout);
    for (const warning of warningsIn(stderr)) {
      count++;
      assert(kept.includes(warning.replace(/^WARNING: /, "")), `${name}: ${warning}`);
    }
  }
  assert(count > 20, String(count));
});

Deno.test("the question about a volume, which stays as it is, is a warning of its operation", async () => {
  let asked = 0;
  for await (const [name, stderr, stdout] of recordings()) {
    const volume = /Volume "([^"]+)" exists but doesn't match/.exec(stderr + stdout)?.[1];
    if (volume === undefined) continue;
    asked++;
    assertEquals(keptBy(stderr, stdout).some((text) => text.includes(volume)), true, name);
  }
  assert(asked > 0);
});
