/** Pure: tone, name and details of a container's state. */
import type { Tone } from "../../../components/design/state_mark.tsx";
import { describeExit } from "../attention/exit_meaning.ts";
import { type Life, lifeOf } from "../attention/life.ts";
import { type Observed, troubleOf } from "../attention/trouble.ts";
import { STATE_TEXTS } from "../model/labels.ts";
import { withNumbers } from "../model/status_time.ts";

/** Appearance of a state. */
export interface StateLook {
  readonly tone: Tone;
  /** The state in a word or two. */
  readonly name: string;
  /** Text of the tag; `undefined` for a container that simply runs. */
  readonly tag: string | undefined;
  /** Uptime, or the time since the end. */
  readonly time: string;
}

/** Returns the appearance of a container's state. */
export function stateLook(observed: Observed, now: number): StateLook {
  const { newest } = observed;
  const time = shortTime(newest.status);
  if (newest.stale) return { tone: "off", name: STATE_TEXTS.unknown, tag: STATE_TEXTS.noData, time: "" };
  const life = lifeOf(newest);
  const trouble = troubleOf(observed, now);
  if (trouble === "restarting") {
    const tag = restarting(life);
    return { tone: "bad", name: STATE_TEXTS.restarting, tag, time: newest.state === "running" ? "" : time };
  }
  if (trouble === "memory") return { tone: "bad", name: STATE_TEXTS.memory, tag: STATE_TEXTS.memory, time };
  switch (newest.state) {
    case "running":
      return ofHealth(newest.health, newest.status);
    case "exited":
      return { tone: trouble === undefined ? "off" : "bad", name: "exited", tag: describeExit(life), time };
    case "dead":
      return { tone: "bad", name: "dead", tag: "dead", time };
    case "paused":
    case "removing":
      return { tone: "careful", name: newest.state, tag: newest.state, time };
    default:
      return { tone: "off", name: newest.state, tag: newest.state, time: "" };
  }
}

function ofHealth(health: string | null, status: string): StateLook {
  const time = shortTime(status);
  if (health === "unhealthy") return { tone: "bad", name: "unhealthy", tag: "unhealthy", time };
  if (health === "starting") return { tone: "careful", name: "starting", tag: "starting", time };
  if (health === null || health === "healthy") {
    return { tone: "good", name: health ?? "running", tag: undefined, time: timeOf(status) };
  }
  return { tone: "off", name: health, tag: health, time };
}

function restarting({ restartCount, exitCode }: Life): string {
  const count = restartCount !== null && restartCount > 0 ? ` ${restartCount}×` : "";
  return `${STATE_TEXTS.restarting}${count}${exitCode === null ? "" : ` · exit ${exitCode}`}`;
}

const UNITS = { second: "s", minute: "min", hour: "h", day: "d", week: "w", month: "mo", year: "y" } as const;
const UNIT = /\b(second|minute|hour|day|week|month|year)s?\b/;

/** Returns the time in a status text, such as "2 hours" of "Up 2 hours (healthy)". */
function timeOf(status: string): string {
  const [, up, ended] = /^Up ([^(]+)|^\w+ \(\d+\) (.+ ago)$/.exec(status) ?? [];
  return withNumbers(up ?? ended ?? "").trim();
}

/** Returns the time with a short unit, such as "2 h". */
function shortTime(status: string): string {
  return timeOf(status).replace(UNIT, (_, unit: keyof typeof UNITS) => UNITS[unit]);
}
