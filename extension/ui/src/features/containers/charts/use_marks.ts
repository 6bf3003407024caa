import { useEffect, useState } from "react";
import type { TimelinePage } from "../../../../../../server/protocol/past/timeline.ts";
import type { DetailedStatsMessage } from "../../../../../../server/protocol/stats.ts";
import { useClient } from "../../../lib/client.ts";
import type { Transport } from "../../../lib/transport/transport.ts";
import { type Mark, marksOf } from "./data/marks.ts";

/** A container whose events are marked. */
export type MarkedContainer = Pick<DetailedStatsMessage, "hostId" | "id" | "name" | "project" | "state">;

/** Number of events, and interval of requests for new ones, ms. */
const [TAIL, REFRESH_MS] = [500, 15_000];
const KINDS = ["start", "restart", "exit", "oom", "limits"] as const;

/** Returns the events of a container, and the deployments of its project, since a moment rounded to minutes. */
export function useMarks(container: MarkedContainer, sinceMs: number): readonly Mark[] {
  const { transport } = useClient();
  const [marks, setMarks] = useState<readonly Mark[]>([]);
  const { hostId, id, name, project, state } = container;
  const since = Math.floor(sinceMs / 60_000) * 60_000;
  useEffect(() => {
    const stop = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const load = async () => {
      const loaded = await loadMarks(transport, { hostId, id, name, project, state }, since, stop.signal);
      if (stop.signal.aborted) return;
      if (loaded !== undefined) setMarks(loaded);
      timer = setTimeout(load, REFRESH_MS);
    };
    void load();
    return () => {
      stop.abort();
      clearTimeout(timer);
    };
  }, [transport, hostId, id, name, project, state, since]);
  return marks;
}

/** Returns `undefined` when the server does not offer events, or does not answer. */
async function loadMarks(
  transport: Transport,
  { hostId, id, name, project }: MarkedContainer,
  since: number,
  signal: AbortSignal,
): Promise<readonly Mark[] | undefined> {
  const common = { host: hostId, since: new Date(since).toISOString(), tail: String(TAIL) };
  const own = new URLSearchParams(common);
  // Its name finds the events of the containers that it has replaced.
  for (const container of [id, name]) own.append("container", container);
  for (const kind of KINDS) own.append("kind", kind);
  const deployments = new URLSearchParams({ ...common, kind: "deploy", project: project ?? "" });
  try {
    const pages = await Promise.all([
      transport.ask<TimelinePage>(`/events?${own}`, { signal }),
      ...project === null ? [] : [transport.ask<TimelinePage>(`/events?${deployments}`, { signal })],
    ]);
    return marksOf(pages.flatMap(({ events }) => events));
  } catch {
    return undefined;
  }
}
