/** The history of each container: its newest points as they were read, and the kept ones. */
import type { Container } from "../../docker/container.ts";
import { curveRows, meanPoints } from "../../history/curve_rows.ts";
import { emptyCurve } from "../../history/options.ts";
import type { RecordedHistory } from "../../history/recorded_history.ts";
import { keyOf } from "../../history/series_index.ts";
import type { CurveRows } from "../../protocol/past/history.ts";
import type { HistoryPoint } from "../../protocol/stats.ts";
import type { Board } from "../board.ts";

/** History of one container. */
export interface ContainerHistory {
  readonly hostId: string;
  readonly container: Container;
  /** `host/project/service/number` or `host/name`. */
  readonly key: string;
  /** Points of the time span, oldest first. */
  readonly points: readonly HistoryPoint[];
  /** Downsampled rows of the time span. */
  readonly curve: (points: number) => CurveRows;
}

/** Yields the history of every container of a host. */
export function* historiesOf(
  board: Board,
  recorded: RecordedHistory | undefined,
  spanMs: number,
): Generator<ContainerHistory> {
  for (const container of board.containers()) yield historyOf(board, container, recorded, spanMs);
}

function historyOf(
  board: Board,
  container: Container,
  recorded: RecordedHistory | undefined,
  spanMs: number,
): ContainerHistory {
  const { hostId, clockOffsetMs } = board;
  const now = Date.now();
  const series = recorded?.find(hostId, container, (id) => board.container(id) !== undefined);
  return {
    hostId,
    container,
    key: series?.key ?? keyOf(hostId, container),
    // Read only if the frame is not already known.
    get points() {
      const newest = board.history(container.id, now + clockOffsetMs - spanMs);
      const untilMs = newest[0] === undefined ? now : Math.min(newest[0][0] - clockOffsetMs, now);
      if (recorded === undefined || series === undefined || untilMs <= now - spanMs) return newest;
      const { bins } = recorded.read(series, { sinceMs: now - spanMs, untilMs, points: Infinity });
      return [...meanPoints(bins, clockOffsetMs), ...newest];
    },
    curve: (points) => {
      const request = { sinceMs: now - spanMs, untilMs: now, points };
      return curveRows(
        "container",
        series === undefined ? emptyCurve(request) : recorded!.read(series, request),
      );
    },
  };
}
