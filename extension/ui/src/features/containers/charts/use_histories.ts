import { useEffect, useState } from "react";
import { useAbout, useClient } from "../../../lib/client.ts";
import type { HistoryPoint } from "../../../../../../server/protocol/stats.ts";
import { CHART_LABELS } from "./data/labels_charts.ts";
import { type HistoryAnswer, requestHistory } from "./data/history_request.ts";
import { continued, type Samples, samplesOf } from "./data/samples.ts";

/** A container whose history is requested. */
export interface HistoryTarget {
  readonly key: string;
  readonly hostId: string;
  readonly id: string;
  /** Single readings of the live socket, oldest first. */
  readonly points: readonly HistoryPoint[];
}

/** Histories of several containers. */
export interface Histories {
  /** Samples in the order of the containers. */
  readonly samples: readonly Samples[];
  readonly loading: boolean;
  /** Reason why the range is not complete; `undefined` when the server offers all of it. */
  readonly limitation: string | undefined;
}

/** Length of the live socket's history, ms: with the token, and without. */
const [LIVE_MS, OPEN_MS] = [3_600_000, 600_000];
/** Tolerance for the time between the begin of a range and the request, ms. */
const TOLERANCE_MS = 5000;
/** Number of samples of a longer history, and of a part of it. */
const [POINTS, ZOOMED_POINTS] = [600, 2000];
/** Shortest time between two requests of a history, ms. */
const REFRESH_MS = 30_000;

/** Returns the samples of containers that reach back for a time span, as far as the server offers them. */
export function useHistories(
  targets: readonly HistoryTarget[],
  spanMs: number,
  isZoomed: boolean,
): Histories {
  const mayRead = useAbout()?.access === "full";
  const isLong = spanMs > LIVE_MS + TOLERANCE_MS;
  const answers = useAnswers(
    targets,
    isLong && mayRead ? spanMs : undefined,
    isZoomed ? ZOOMED_POINTS : POINTS,
  );
  const samples = targets.map(({ key, points }) => {
    const answer = isLong ? answers.get(key) : undefined;
    return answer === undefined || answer === null ? samplesOf(points) : continued(answer.samples, points);
  });
  const known = targets.map(({ key }) => answers.get(key));
  return {
    samples,
    loading: isLong && mayRead && known.includes(undefined),
    limitation: mayRead
      ? isLong ? limitationOf(known) : undefined
      : spanMs > OPEN_MS + TOLERANCE_MS
      ? CHART_LABELS.noToken
      : undefined,
  };
}

/** The answer for each container; `null` for a refusal. */
type Answers = ReadonlyMap<string, HistoryAnswer | null>;

const NO_ANSWERS: Answers = new Map();

/** Requests histories, and repeats that as samples become complete. */
function useAnswers(targets: readonly HistoryTarget[], spanMs: number | undefined, points: number): Answers {
  const { transport } = useClient();
  const [answers, setAnswers] = useState(NO_ANSWERS);
  const keys = targets.map(({ key }) => key).join("\n");
  useEffect(() => {
    setAnswers(NO_ANSWERS);
    if (spanMs === undefined) return;
    const stop = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const load = async () => {
      const { signal } = stop;
      const found = await Promise.all(targets.map(async ({ key, hostId, id }) => {
        const answer = await requestHistory(transport, { hostId, id, spanMs, points, signal });
        return [key, answer ?? null] as const;
      }));
      if (signal.aborted) return;
      setAnswers((last) => merged(last, found));
      timer = setTimeout(
        load,
        Math.max(REFRESH_MS, ...found.map(([, one]) => one?.samples.resolutionMs ?? 0)),
      );
    };
    void load();
    return () => {
      stop.abort();
      clearTimeout(timer);
    };
  }, [transport, keys, spanMs === undefined ? undefined : roundedSpan(spanMs), points]);
  return answers;
}

/** A server that does not answer for a moment leaves the last history. */
function merged(last: Answers, found: readonly (readonly [string, HistoryAnswer | null])[]): Answers {
  return new Map(found.map(([key, answer]) => [key, answer ?? last.get(key) ?? null]));
}

/** A zoomed span grows each second, which needs no other request. */
function roundedSpan(spanMs: number): number {
  return Math.ceil(spanMs / LIVE_MS);
}

function limitationOf(answers: readonly (HistoryAnswer | null | undefined)[]): string | undefined {
  if (answers.includes(null)) return CHART_LABELS.refused;
  return answers.some((answer) => answer?.limitMs !== undefined) ? CHART_LABELS.tooLong("24 h") : undefined;
}
