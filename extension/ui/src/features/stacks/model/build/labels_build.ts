/** Texts of the builds of an operation. */
import type { ServiceBuild } from "./build_steps.ts";
import type { Tone } from "../labels.ts";

/** Texts of the steps of builds. */
export const BUILD_LABELS = {
  title: (service: string | undefined) => service === undefined ? "Build" : `Build of ${service}`,
  progress: ({ state, done, total }: Pick<ServiceBuild, "state" | "done" | "total">) => {
    const word = { working: "Building", done: "Built", failed: "Failed", unfinished: "Not finished" }[state];
    return total === 0 || state === "done" ? word : `${word}, ${done} of ${total} steps done`;
  },
  output: (step: string) => `Output of ${step}`,
  transfer: (step: string) => `Download of ${step}`,
  all: (lines: number) => lines === 1 ? "Show 1 line" : `Show all ${lines} lines`,
  fewer: "Show fewer lines",
} as const;

/** Tones of the states of a build. */
export const BUILD_TONES: Readonly<Record<ServiceBuild["state"], Tone>> = {
  working: "busy",
  done: "good",
  failed: "bad",
  unfinished: "quiet",
};
