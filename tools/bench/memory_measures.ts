/** Measurements of the server's memory, beside each other. */
import type { IdleContainers } from "./containers.ts";
import { startDockStat, startViewers } from "./children.ts";
import type { Row } from "./measures.ts";
import { residentMegabytes } from "./processes.ts";
import { checkReader, startReading } from "./readers.ts";
import { pause } from "./run.ts";

/** Measures servers with a hundred viewers, without any, and with the history on and no viewer. */
export async function memoryOfServers({ engine, count }: IdleContainers, minutes: number): Promise<Row[]> {
  const env = { DOCKER_HOST: engine.url };
  await using watched = startDockStat([], env);
  await using _viewers = startViewers(`${await watched.first}/docker/stats`, 100);
  await using idle = startDockStat([], env);
  await using simulated = startDockStat(["--demo", "50"]);
  await using collecting = await startReading(engine, "permissions", true);
  await pause(10);
  await checkReader(collecting, "permissions");
  const early = residentMegabytes(collecting.pid);
  await pause(minutes * 60);
  const row = (what: string, target: string, measured: string): Row => ({
    what: `Memory of the server, ${what}`,
    target,
    measured,
  });
  const now = (pid: number) => `${residentMegabytes(pid).toFixed(0)} MB`;
  return [
    row(`${count} containers, 100 viewers`, "≤ 80 MB", now(watched.pid)),
    row(`${count} containers, no viewer`, "≤ 60 MB", now(idle.pid)),
    row("50 simulated containers, no viewer", "≤ 60 MB", now(simulated.pid)),
    row(
      `${count} containers, kernel reader, history on, no viewer, after ${minutes} minutes`,
      "≤ 75 MB",
      `${now(collecting.pid)} (${early.toFixed(0)} MB after 10 s)`,
    ),
  ];
}
