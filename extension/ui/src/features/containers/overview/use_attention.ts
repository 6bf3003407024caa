import { useMemo } from "react";
import { useObservable } from "../../../lib/use_observable.ts";
import { type AttentionItem, attentionOf } from "../attention/attention.ts";
import type { StatsFeed } from "../model/stats_feed.ts";

/** Returns everything that needs attention now, worst first. */
export function useAttention(feed: StatsFeed): readonly AttentionItem[] {
  const { rows, usage, now } = useObservable(feed.view);
  const hosts = useObservable(feed.hosts);
  const unhealthySince = useObservable(feed.unhealthySince);
  return useMemo(() => {
    const newest = new Map([...usage].map(([hostId, row]) => [hostId, row.newest]));
    return attentionOf({ rows, hosts: [...hosts?.values() ?? []], usage: newest, unhealthySince }, now);
  }, [rows, usage, hosts, unhealthySince, now]);
}
