/** Swarms over one fake manager, whose operations run without a runner. */
import type { Plan } from "../../server/stacks/running.ts";
import { openDatabase } from "../../server/store/database.ts";
import { SwarmTextStore } from "../../server/store/swarm/swarm_texts.ts";
import { Managers } from "../../server/swarm/managers.ts";
import { Swarms } from "../../server/swarm/swarms.ts";
import { FakeManager } from "./fake_manager.ts";

/** A fake manager, and the operations on it. */
export interface SwarmScene {
  readonly manager: FakeManager;
  readonly managers: Managers;
  readonly swarms: Swarms;
  readonly texts: SwarmTextStore;
  /** Reports of the operations. */
  readonly steps: string[];
  readonly plans: Plan[];
}

/** Creates swarms over one fake manager; operations end before their start returns, and `steps` are their reports. */
export function swarms(): SwarmScene {
  const manager = new FakeManager();
  const steps: string[] = [];
  const plans: Plan[] = [];
  const begin = (plan: Plan) => {
    plans.push(plan);
    const done = plan.work({
      signal: new AbortController().signal,
      report: (line) => {
        steps.push(
          line.kind === "resource"
            ? `${line.id} ${line.verb} ${line.state}${line.reason === undefined ? "" : `: ${line.reason}`}`
            : `${line.kind}: ${line.message}`,
        );
      },
    }).then(async ({ code }) => {
      if (code === 0) await plan.finished?.();
      return code;
    });
    return { done } as never;
  };
  const feed = {
    hostIds: ["m"],
    containers: () => [],
    engine: () => manager,
    reports: () => [{ hostId: "m" }] as never,
  };
  const runner = {
    ...{ begin, states: { checkMayChange: () => {} } as never, checkFree: () => {} },
    journal: { ofSwarm: () => [] },
  };
  const texts = new SwarmTextStore(openDatabase(":memory:"));
  const managers = new Managers({ feed, runner }, 1);
  return { manager, steps, plans, managers, texts, swarms: new Swarms(managers, texts) };
}
