import { useEffect, useMemo, useReducer, useState } from "react";
import type { DetailedStatsMessage } from "../../../../../../server/protocol/stats.ts";
import { useClient } from "../../../lib/client.ts";
import { useQuery } from "../../../lib/route.ts";
import { useObservable } from "../../../lib/use_observable.ts";
import { ContainerFeed } from "../model/container_feed.ts";
import { keyOf } from "../model/container_row.ts";
import type { StatsFeed } from "../model/stats_feed.ts";

/** A container that is compared with that of the page. */
export interface ComparedContainer {
  readonly message: DetailedStatsMessage;
  /** Its live socket, opened for the comparison. */
  readonly own: ContainerFeed;
}

/** The compared containers, and the choice of others. */
export interface Comparison {
  readonly compared: readonly ComparedContainer[];
  /** Keys of the chosen containers. */
  readonly chosen: readonly string[];
  readonly toggle: (message: DetailedStatsMessage) => void;
}

/** Number of containers beside that of the page. */
export const MAX_COMPARED = 3;
/** Digits of an id in the address. */
const ID_DIGITS = 12;

/** Returns the containers that the address names, with a live socket for each. */
export function useCompared(feed: StatsFeed): Comparison {
  const [query, change] = useQuery();
  const { rows } = useObservable(feed.view);
  const named = query.get("with") ?? "";
  const chosen = useMemo(() => {
    const wanted = named.split(",").filter((one) => one !== "").slice(0, MAX_COMPARED);
    return wanted.flatMap((one) => rows.find(({ newest }) => shortKey(newest) === one)?.newest ?? []);
  }, [named, rows]);
  const feeds = useFeeds(chosen);
  const keys = chosen.map(keyOf);
  const toggle = (message: DetailedStatsMessage) => {
    const others = chosen.filter((one) => keyOf(one) !== keyOf(message));
    const next = others.length < chosen.length ? others : [...chosen, message];
    const text = next.slice(0, MAX_COMPARED).map(shortKey).join(",");
    change({ with: text === "" ? null : text });
  };
  const compared = chosen.flatMap((message) => {
    const own = feeds.get(keyOf(message));
    return own === undefined ? [] : [{ message, own }];
  });
  return { compared, chosen: keys, toggle };
}

function shortKey({ hostId, id }: Pick<DetailedStatsMessage, "hostId" | "id">): string {
  return `${encodeURIComponent(hostId)}/${id.slice(0, ID_DIGITS)}`;
}

/** Opens a live socket per container, and renders again after each of its frames. */
function useFeeds(containers: readonly DetailedStatsMessage[]): ReadonlyMap<string, ContainerFeed> {
  const client = useClient();
  const [feeds, setFeeds] = useState<ReadonlyMap<string, ContainerFeed>>(new Map());
  const [, refresh] = useReducer((count: number) => count + 1, 0);
  const keys = containers.map(keyOf).join("\n");
  useEffect(() => {
    const opened = containers.map((one) =>
      [keyOf(one), new ContainerFeed(client, one.hostId, one.id)] as const
    );
    const subscriptions = opened.map(([, own]) => own.view.subscribe(refresh));
    setFeeds(new Map(opened));
    return () => {
      for (const unsubscribe of subscriptions) unsubscribe();
      for (const [, own] of opened) own[Symbol.dispose]();
    };
  }, [client, keys]);
  return feeds;
}
