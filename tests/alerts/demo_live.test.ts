/** The default rules on the running demo, by a clock that passes a day in seconds. */
import { Alerts } from "../../server/alerts/alerts.ts";
import type { Container } from "../../server/docker/container.ts";
import type { Engine } from "../../server/docker/engine.ts";
import { openSimulatedEngine } from "../../server/docker/simulated/simulated.ts";
import type { HostStatsMessage } from "../../server/protocol/hosts.ts";
import { AlertStore } from "../../server/store/alerts/alert_store.ts";
import { openDatabase } from "../../server/store/database.ts";
import { assertEquals } from "../assert.ts";
import { StoppedClock } from "./rules.ts";

const HOST = "Simulated";
const { signal } = new AbortController();
/** Step of the clock, which misses no visit of the short-lived container, ms. */
const STEP_MS = 2000;
const [MINUTE_MS, DAY_MS] = [60_000, 86_400_000];

/** Reports each change of an engine's containers to alerts. */
class Changes {
  #known = new Map<string, Container>();
  /** States that containers have had. */
  readonly states = new Set<string>();

  constructor(readonly engine: Engine, readonly alerts: Alerts) {}

  async report(): Promise<void> {
    const { watch } = this.alerts;
    const listed = new Map((await this.engine.list(signal)).map((one) => [one.id, one]));
    for (const one of this.#known.values()) {
      if (!listed.has(one.id)) watch.changed(HOST, { ...one, state: "removed" }, 0);
    }
    for (const one of listed.values()) {
      if (this.#known.get(one.id)?.state === one.state) continue;
      this.states.add(one.state);
      watch.changed(HOST, one, 0);
    }
    this.#known = listed;
  }
}

Deno.test("the default rules are silent during a day of the running demo", async () => {
  const clock = new StoppedClock();
  const engine = openSimulatedEngine({ containers: 12, seed: 1, now: clock.wall });
  const store = new AlertStore(openDatabase(":memory:"));
  await using alerts = new Alerts({
    ...{ store, clock, file: { rules: [], channels: [] }, base: () => "" },
    ...{ held: () => false, busy: () => false, send: () => Promise.resolve("delivered") },
  });
  alerts.start();
  alerts.watch.up(HOST, await engine.list(signal), 0);
  const changes = new Changes(engine, alerts);
  for (let at = 0; at < DAY_MS; at += STEP_MS) {
    await changes.report();
    if (at % MINUTE_MS === 0) alerts.watch.measured(diskOf(engine), null);
    clock.advance(STEP_MS);
    alerts.tick();
  }
  assertEquals(alerts.list(10, undefined).alerts, []);
  assertEquals(["exited", "running"].every((state) => changes.states.has(state)), true);
  store.database.close();
});

/** Returns the numbers of the disk, the only ones of a machine that a default rule is about. */
function diskOf(engine: Engine): HostStatsMessage {
  const { disk } = engine.machine!();
  return {
    hostId: HOST,
    diskUsedBytes: disk!.usedBytes,
    diskTotalBytes: disk!.totalBytes,
  } as HostStatsMessage;
}
