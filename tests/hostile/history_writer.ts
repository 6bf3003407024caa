/**
 * Records one sample per second of a fast clock until it is killed, and prints the time of each one that is stored.
 * It continues after the last sample of an earlier run.
 */
import { RecordedHistory } from "../../server/history/recorded_history.ts";
import { HistoryStore } from "../../server/store/history/history_store.ts";
import { sampleOf, serviceContainer, START } from "../history/recorded.ts";

/** Numbers of the containers. */
export const NUMBERS: readonly number[] = [1, 2, 3];

/** Opens a history whose clock is the given one. */
export function openAt(path: string, now: () => number): RecordedHistory {
  return new RecordedHistory(new HistoryStore(path), {
    keepMs: 30 * 86_400_000,
    now,
    steady: now,
    // Only a few seconds of the fast clock pass between two steps of the work on blocks.
    times: { storeMs: 1, pauseMs: 0, sliceMs: 0, careMs: 60_000 },
  });
}

/** Returns the time of the newest sample; `undefined` without one. */
export function newest(history: RecordedHistory): number | undefined {
  const [series] = history.series();
  if (series === undefined) return undefined;
  const last = (sinceMs: number) =>
    history.read(series, { sinceMs, untilMs: Infinity, points: Infinity }).bins.times().at(-1);
  // The newest samples are kept by the second.
  const around = last(START);
  return around === undefined ? undefined : last(around);
}

async function write(path: string): Promise<never> {
  let now = START;
  const history = openAt(path, () => now);
  now = (newest(history) ?? START - 1000) + 1000;
  const containers = NUMBERS.map((number) =>
    serviceContainer(`web${number}`, { number, name: `web-${number}` })
  );
  for (let second = 1;; second++, now += 1000) {
    for (const container of containers) {
      history.addSample("Localhost", container, sampleOf((now - START) / 1000 % 100), () => true);
    }
    if (second % 5 !== 0) continue;
    history.flush();
    Deno.stdout.writeSync(new TextEncoder().encode(`${now}\n`));
    if (second % 50 === 0) await new Promise((resolve) => setTimeout(resolve, 1));
  }
}

if (import.meta.main) await write(Deno.args[0]!);
