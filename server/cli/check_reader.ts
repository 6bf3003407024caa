/** The part of `dockstat check` that finds the reader of a host's numbers. */
import type { ReaderSetting } from "../config/config_file.ts";
import type { Endpoint } from "../config/docker_context.ts";
import { openEngine } from "../docker/docker_engine.ts";
import { openKernelReader } from "../kernel/open_reader.ts";
import { Board } from "../stats/board.ts";
import { HostReader } from "../stats/host_reader.ts";
import { COLLECTOR_TIMES } from "../stats/times.ts";

/** Number of running containers that are inspected. */
const INSPECTED = 3;

/**
 * Returns the reader of a host's numbers and the reason for it.
 *
 * @throws {AppError} when the engine does not answer.
 */
export async function describeReader(
  endpoint: Endpoint,
  setting: ReaderSetting,
  signal: AbortSignal,
): Promise<string> {
  await using engine = openEngine(endpoint);
  const listener = { started() {}, stopped() {}, changed() {} };
  const board = new Board({ hostId: "", keepMs: 0, publish() {}, listener });
  await using host = new HostReader(board, openKernelReader(setting, engine.url));
  host.open(await engine.connect(signal), COLLECTOR_TIMES);
  const running = (await engine.list(signal)).filter(({ state }) => state === "running");
  for (const container of running.slice(0, INSPECTED)) {
    const inspected = await engine.inspect(container, signal);
    if (inspected !== undefined) board.put(inspected);
  }
  await host.compareFirst(engine, signal);
  const { reader, readerReason } = host.report();
  return `${reader}: ${readerReason}`;
}
