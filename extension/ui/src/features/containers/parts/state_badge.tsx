import {
  AttentionIcon,
  GoodIcon,
  PausedIcon,
  RenewIcon,
  RunningIcon,
  StoppedIcon,
} from "../../../components/icons.tsx";
import type { DetailedStatsMessage } from "../../../../../../server/protocol/stats.ts";
import { staleState } from "../model/labels.ts";

/** Maps instead of objects, because engines report arbitrary texts such as "constructor". */
const ICONS = new Map([
  ["running", RunningIcon],
  ["paused", PausedIcon],
  ["restarting", RenewIcon],
  ["dead", AttentionIcon],
  ["unhealthy", AttentionIcon],
  ["healthy", GoodIcon],
]);
const TONES = new Map([
  ["running", "good"],
  ["healthy", "good"],
  ["paused", "careful"],
  ["restarting", "careful"],
  ["starting", "careful"],
  ["unhealthy", "bad"],
  ["dead", "bad"],
]);

/** State and health of a container, as text, shape and color. */
export function StateBadge({ message }: { readonly message: DetailedStatsMessage }) {
  const { state, health, stale } = message;
  const shown = state === "running" && health !== null ? health : state;
  const Icon = ICONS.get(shown) ?? StoppedIcon;
  const full = state === "running" && health !== null ? `running, ${health}` : state;
  return (
    <span
      className={`state ${stale ? "quiet" : TONES.get(shown) ?? "quiet"}`}
      title={stale ? staleState(full) : full}
    >
      <Icon fontSize="inherit" aria-hidden="true" />
      {shown}
      {stale ? " (stale)" : ""}
    </span>
  );
}
