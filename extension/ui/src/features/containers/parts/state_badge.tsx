import {
  GoodIcon,
  PausedIcon,
  RenewIcon,
  RunningIcon,
  StoppedIcon,
  TroubleIcon,
} from "../../../components/icons.tsx";
import type { DetailedStatsMessage } from "../../../../../../server/protocol/stats.ts";

const ICONS = {
  running: RunningIcon,
  paused: PausedIcon,
  restarting: RenewIcon,
  dead: TroubleIcon,
  unhealthy: TroubleIcon,
  healthy: GoodIcon,
} as const;
const TONES: Readonly<Record<string, string>> = {
  running: "good",
  healthy: "good",
  paused: "careful",
  restarting: "careful",
  starting: "careful",
  unhealthy: "bad",
  dead: "bad",
};

/** State and health: a word, a shape and a colour, so that none of them says it alone. */
export function StateBadge({ message }: { readonly message: DetailedStatsMessage }) {
  const { state, health, stale } = message;
  const said = state === "running" && health !== null ? health : state;
  const Icon = ICONS[said as keyof typeof ICONS] ?? StoppedIcon;
  const words = state === "running" && health !== null ? `running, ${health}` : state;
  return (
    <span
      className={`state ${stale ? "quiet" : TONES[said] ?? "quiet"}`}
      title={stale ? `${words}; its host does not answer, this is the last that is known` : words}
    >
      <Icon fontSize="inherit" aria-hidden="true" />
      {said}
      {stale ? " (stale)" : ""}
    </span>
  );
}
