import { useMemo } from "react";
import { withoutHidden } from "../../../lib/hidden.ts";
import { useObservable } from "../../../lib/use_observable.ts";
import { type AttentionItem, attentionOf } from "../attention/attention.ts";
import type { StatsFeed } from "../model/stats_feed.ts";

/** Returns everything that needs attention now, worst first. Hidden containers do not. */
export function useAttention(feed: StatsFeed): readonly AttentionItem[] {
  const { rows, usage, now } = useObservable(feed.view);
  const hosts = useObservable(feed.hosts);
  const unhealthySince = useObservable(feed.unhealthySince);
  return useMemo(() =>
    shared(feed, [rows, usage, hosts, unhealthySince], () => {
      const newestUsage = new Map([...usage].map(([hostId, row]) => [hostId, row.newest]));
      return attentionOf(
        { rows: withoutHidden(rows), hosts: [...hosts?.values() ?? []], usage: newestUsage, unhealthySince },
        now,
      );
    }), [feed, rows, usage, hosts, unhealthySince, now]);
}

interface Shared {
  readonly inputs: readonly unknown[];
  readonly items: readonly AttentionItem[];
}

/** Newest result of each feed, since the title, the navigation and the panel show the same. */
const newest = new WeakMap<StatsFeed, Shared>();

function shared(
  feed: StatsFeed,
  inputs: readonly unknown[],
  compute: () => readonly AttentionItem[],
): readonly AttentionItem[] {
  const known = newest.get(feed);
  if (known !== undefined && known.inputs.every((input, index) => input === inputs[index])) {
    return known.items;
  }
  const items = compute();
  newest.set(feed, { inputs, items });
  return items;
}
