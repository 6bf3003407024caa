/** Other tools that show the usage of containers in a terminal, where they are installed. */
import { tryRun } from "../engine/run.ts";
import { start } from "./children.ts";
import type { IdleContainers } from "./containers.ts";
import { CountingRelay } from "./counting_relay.ts";
import type { Row } from "./measures.ts";
import { costOf, type EngineProcesses } from "./processes.ts";
import { type BenchOptions, pause } from "./run.ts";

/** Tools that need no configuration. */
const TOOLS = ["ctop", "lazydocker"];

/** Measures each tool that is installed, with the readings that it takes from the engine. */
export async function otherTools(
  { engine, count }: IdleContainers,
  processes: EngineProcesses,
  { seconds }: BenchOptions,
): Promise<Row[]> {
  const rows: Row[] = [];
  for (const tool of TOOLS) {
    if (await tryRun("sh", ["-c", `command -v ${tool}`]) === undefined) continue;
    const idle = await costOf(processes, undefined, seconds);
    await using relay = new CountingRelay(engine.url);
    // "script" gives it a terminal; the shell becomes the tool.
    await using running = start("script", ["-qfc", `exec ${tool}`, "/dev/null"], {
      DOCKER_HOST: relay.url,
      TERM: "xterm",
    });
    await pause(5);
    const before = relay.readings;
    const cost = await costOf(processes, running.pid, seconds);
    const readings = (relay.readings - before) / seconds;
    const cores = cost.monitor + Math.max(cost.engine - idle.engine, 0);
    rows.push({
      what: `CPU of ${tool} + dockerd + containerd + shims, ${count} containers, per 1,000 readings`,
      target: "measured",
      measured: `${(cores / readings * 1e6).toFixed(0)} ms (${cores.toFixed(3)} cores for ${
        readings.toFixed(0)
      } readings/s)`,
    });
  }
  return rows;
}
