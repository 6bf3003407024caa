/** Collects samples for the history, also without viewers where that is cheap. */
import type { Container } from "../../docker/container.ts";
import type { Sample } from "../../docker/sample.ts";
import { aborted, nextRound } from "../../duration.ts";
import type { RecordedHistory } from "../../history/recorded_history.ts";
import type { HostReport } from "../../protocol/hosts.ts";
import type { Board } from "../board.ts";
import type { Demand } from "../demand.ts";

/** The kept history, and whether it collects without viewers: `auto` does where the kernel is read. */
export interface PastOptions {
  readonly recorded: RecordedHistory;
  /** May change while hosts are read. */
  always: "auto" | boolean;
}

/** Interval between samples without viewers, ms. */
const INTERVAL_MS = 1000;
/** Interval at which the reader of a host is checked, ms. */
const CHECK_MS = 1000;

/** Applies changed settings; returns what has changed. */
export function applyHistory(
  { keepMs, always }: { readonly keepMs: number; readonly always: PastOptions["always"] },
  past: PastOptions,
): readonly string[] {
  const changes: string[] = [];
  if (past.recorded.keep(keepMs)) changes.push("changed history.keep");
  if (past.always !== always) changes.push("changed history.always");
  past.always = always;
  return changes;
}

/** Returns the function that adds the samples of a host's board to the history. */
export function recorder(
  hostId: string,
  past: PastOptions | undefined,
  host: { readonly board: Board },
): (container: Container, sample: Sample) => void {
  const exists = (id: string) => host.board.container(id) !== undefined;
  return (container, sample) => past?.recorded.addSample(hostId, container, sample, exists);
}

/**
 * Demands samples of a host for the history until the signal aborts.
 *
 * @param demands Those for its containers and for its machine.
 * @param reader Returns the reader of the host's numbers.
 */
export async function keepCollecting(
  demands: readonly Demand[],
  past: PastOptions | undefined,
  reader: () => HostReport["reader"],
  signal: AbortSignal,
): Promise<void> {
  if (past === undefined) return await aborted(signal);
  let collecting: AbortController | undefined;
  while (!signal.aborted) {
    const wanted = past.always === true || past.always === "auto" && reader() === "kernel";
    if (wanted && collecting === undefined) {
      collecting = new AbortController();
      const ended = AbortSignal.any([signal, collecting.signal]);
      for (const demand of demands) demand.add(INTERVAL_MS, ended, 0);
    } else if (!wanted) {
      collecting?.abort();
      collecting = undefined;
    }
    await nextRound(CHECK_MS, signal);
  }
}
