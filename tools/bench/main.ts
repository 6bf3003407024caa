/** `deno task bench` measures speed and memory, as ratios within one run on this machine. */
import { DISTRIBUTION, NEWEST } from "../engine/engines.ts";
import { realEngines } from "../../tests/e2e/engines.ts";
import { cpuOfBusyContainer } from "./accuracy_measures.ts";
import { firstRows, thousandInTheBrowser } from "./dashboard_measures.ts";
import { historyOfThirtyDays } from "./history_measures.ts";
import { besideOneThatNeverReads, costOfPlace, floodOfLines, memoryAfterHostility } from "./log_measures.ts";
import {
  cpuAgainstDockerStats,
  engineRequests,
  fiftyContainers,
  firstSample,
  framesAgainstBareLoop,
  memoryWithViewers,
  type Row,
  startedLater,
  startToListening,
  thousandSimulated,
} from "./measures.ts";

import { deployOverhead, eventDelay } from "./stack_measures.ts";

const PID_FILES: Readonly<Record<string, string>> = {
  [`unix://${NEWEST.socket}`]: "/var/run/docker.pid",
  [`unix://${DISTRIBUTION.socket}`]: DISTRIBUTION.socket.replace(".sock", ".pid"),
};

function print(line: string): void {
  Deno.stdout.writeSync(new TextEncoder().encode(`${line}\n`));
}

async function* rows(): AsyncGenerator<Row> {
  const [newest, distribution] = await realEngines();
  {
    await using _containers = await fiftyContainers(newest);
    yield* await cpuAgainstDockerStats(newest, PID_FILES[newest.url]!, "≤ 0.6");
    yield await engineRequests(newest);
    yield await firstSample(newest);
    yield await startedLater(newest);
    yield await memoryWithViewers(newest);
    yield await startToListening(newest);
    yield* await firstRows(newest);
  }
  yield await cpuOfBusyContainer(newest);
  yield await deployOverhead(newest);
  yield await eventDelay(newest);
  yield await floodOfLines(newest);
  yield costOfPlace();
  yield await besideOneThatNeverReads();
  yield await memoryAfterHostility();
  yield* await historyOfThirtyDays();
  yield await framesAgainstBareLoop();
  yield await thousandSimulated();
  yield* await thousandInTheBrowser();
  if (distribution === undefined) return;
  await using _containers = await fiftyContainers(distribution);
  yield* await cpuAgainstDockerStats(distribution, PID_FILES[distribution.url]!, "≤ 1.05");
}

print(`| what | target | measured |`);
print(`|---|---|---|`);
for await (const { what, target, measured } of rows()) print(`| ${what} | ${target} | ${measured} |`);
