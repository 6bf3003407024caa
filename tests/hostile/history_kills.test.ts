/** Kills of a program that writes history, at generated moments. `DOCKSTAT_TEST_KILLS` sets their number. */
import { DatabaseSync } from "node:sqlite";
import { randomNumbers } from "../../server/docker/simulated/simulated_containers.ts";
import { pause } from "../../server/duration.ts";
import { assert, assertEquals, assertGreaterOrEqual } from "../assert.ts";
import { temporaryFolder } from "../fakes/folder.ts";
import { START } from "../history/recorded.ts";
import { newest, NUMBERS, openAt } from "./history_writer.ts";

const KILLS = Number(Deno.env.get("DOCKSTAT_TEST_KILLS") ?? 25);
const SEED = 20_261_126;
const LONGEST_MS = 200;
const WRITER = new URL("history_writer.ts", import.meta.url).pathname;
const NEVER = new AbortController().signal;

/** Runs the writer and kills it some time after its first line; returns the last time that it has printed whole. */
async function killedAfter(path: string, ms: number): Promise<number> {
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "--no-check", "-A", WRITER, path],
    stdout: "piped",
    stderr: "inherit",
  }).spawn();
  let text = "";
  let killing: Promise<void> | undefined;
  for await (const part of child.stdout.pipeThrough(new TextDecoderStream())) {
    text += part;
    killing ??= pause(ms, NEVER).then(() => child.kill("SIGKILL"));
  }
  await killing;
  await child.status;
  return Number(text.split("\n").at(-2));
}

/** Checks that the file is whole, that it has each second until the newest one once, and all that was reported. */
async function check(path: string, reported: number): Promise<void> {
  using database = new DatabaseSync(path, { readOnly: true });
  assertEquals(database.prepare("PRAGMA integrity_check").all(), [{ integrity_check: "ok" }]);
  const now = reported + 20_000;
  await using history = openAt(path, () => now);
  const last = newest(history);
  assert(last !== undefined);
  assertGreaterOrEqual(last, reported - reported % 1000);
  const series = [...history.series()];
  assertEquals(series.map(({ key }) => key).sort(), NUMBERS.map((number) => `Localhost/shop/web/${number}`));
  for (const one of series) {
    // Bins of ten minutes are never removed, and have a weight per sample.
    const { bins } = history.read(one, { sinceMs: START, untilMs: Infinity, points: 1 });
    const weight = bins.times().reduce((sum, at) => sum + bins.part(at, 0).weight, 0);
    assertEquals(weight, (newest(history)! - START) / 1000 + 1, one.key);
  }
}

Deno.test(`${KILLS} kills lose no stored sample, double none, and leave a whole file`, async () => {
  using folder = temporaryFolder();
  const path = folder.path("history.db");
  const random = randomNumbers(SEED);
  for (let kill = 0; kill < KILLS; kill++) {
    const ms = Math.floor(random() * LONGEST_MS);
    const reported = await killedAfter(path, ms);
    try {
      await check(path, reported);
    } catch (cause) {
      throw new Error(`After kill ${kill}, ${ms} ms after the first line`, { cause });
    }
  }
});
