import { useEffect } from "react";
import { useAttention } from "../features/containers/overview/use_attention.ts";
import { useAbout } from "../lib/client.ts";
import type { Route } from "../lib/route.ts";
import { useObservable } from "../lib/use_observable.ts";
import { GEAR_VIEWS, LABELS, VIEWS } from "./labels.ts";
import type { Feeds, ViewProps } from "./view.tsx";

/** Sets the title of the page, such as "(3) shop-web-1 · DockStat"; the number counts what needs attention. */
export function PageTitle({ route, view, feeds }: ViewProps) {
  const { length } = useAttention(feeds.stats);
  const name = useNameOf(route, feeds) ?? [...VIEWS, ...GEAR_VIEWS].find(([id]) => id === view)?.[1];
  const isLocked = useAbout()?.access === "none";
  const title = `${length > 0 ? `(${length}) ` : ""}${isLocked ? LABELS.signIn : name} · ${LABELS.brand}`;
  useEffect(() => {
    document.title = title;
  }, [title]);
  return null;
}

/** Returns the name of the container or stack that a route shows; `undefined` for a list. */
function useNameOf([view, first, second, third]: Route, { stats, stacks }: Feeds): string | undefined {
  const { stacks: known } = useObservable(stacks.list);
  if (first === undefined) return undefined;
  if (view === "containers") return second && stats.row(first, second)?.newest.name;
  if (view !== "stacks") return undefined;
  return first === "project" ? third : known.find(({ stack_id }) => String(stack_id) === first)?.name;
}
