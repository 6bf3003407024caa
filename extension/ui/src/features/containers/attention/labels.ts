/** Texts about problems. */
import type { Trouble } from "./trouble.ts";

/** Problems in a few words, as they follow the name of a container. */
export const TROUBLE_LABELS: Readonly<Record<Trouble, string>> = {
  restarting: "keeps restarting",
  dead: "cannot be removed by its engine",
  memory: "out of memory",
  failed: "failed",
  unhealthy: "unhealthy",
};

/** Texts that the panel shows. */
export const ATTENTION_LABELS = {
  region: "Needs attention",
  unreachable: "not reachable",
  diskFull: (percent: string) => `disk ${percent} full`,
  diskLeft: (left: string, total: string) => `${left} of ${total} left`,
  processKilled: "a process was killed",
  restarts: (count: number) => `${count} ${count === 1 ? "restart" : "restarts"}`,
  exit: (code: number) => `exit ${code}`,
  last: (exit: string) => `last ${exit}`,
  since: (time: string) => `since ${time}`,
  up: (time: string) => `up ${time}`,
  more: (count: number) => `${count} more`,
  logs: "Logs",
  logsOf: (name: string) => `Logs of ${name}`,
  show: "Show",
  showOf: (name: string) => `Show ${name}`,
} as const;
