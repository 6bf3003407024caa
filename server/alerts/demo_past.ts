/** The alerts of the demo's last 24 hours: its incidents, replayed through the rules. */
import { incidentsBefore, PAST_MS } from "../demo/incidents.ts";
import { pastEvents } from "../demo/events.ts";
import type { DemoHost } from "../demo/past.ts";
import type { Container } from "../docker/container.ts";
import { simulatedContainer } from "../docker/simulated/simulated_containers.ts";
import type { NewEvent } from "../store/past/event_rows.ts";
import type { AlertStore } from "../store/alerts/alert_store.ts";
import { Alerts, type AlertSettings } from "./alerts.ts";
import type { Watch } from "./engine/watch.ts";

/** Number of containers that the incidents are about. */
const CAST = 8;
/** Interval of hold times in the past, ms. */
const STEP_MS = 5000;

/** Replays the incidents of a simulated host. */
export async function replayIncidents(
  store: AlertStore,
  file: AlertSettings,
  { id: hostId, containers, seed }: DemoHost,
  now: number,
): Promise<void> {
  const count = Math.min(Math.max(containers - 1, 1), CAST);
  const cast = Array.from({ length: count }, (_, index) => simulatedContainer(seed, index, now).container)
    .map((container) => ({ ...container, restarts: true, restartCount: 0 }));
  await replay(store, file, { hostId, cast, events: pastEvents(hostId, cast, incidentsBefore(now)), now });
}

/** A past of one host. */
export interface Past {
  readonly hostId: string;
  readonly cast: readonly Container[];
  /** Oldest first. */
  readonly events: readonly NewEvent[];
  /** End of the past, epoch ms. */
  readonly now: number;
}

/** Applies the rules to a past, and stores its alerts. */
export async function replay(
  store: AlertStore,
  file: AlertSettings,
  { hostId, cast, events, now }: Past,
): Promise<void> {
  let at = now - PAST_MS;
  const clock = { mono: () => at, wall: () => at };
  const send = () => Promise.resolve("delivered" as const);
  await using alerts = new Alerts({
    store,
    file,
    clock,
    send,
    base: () => "",
    held: () => false,
    busy: () => false,
    isPast: true,
  });
  const scene = new Scene(hostId, alerts.watch, cast);
  alerts.start();
  scene.up();
  for (const event of events) {
    for (; at + STEP_MS < event.at; at += STEP_MS) alerts.tick();
    at = event.at;
    scene.take(event);
    alerts.tick();
  }
  for (; at < now; at += STEP_MS) alerts.tick();
  // What the simulation shows from now on is not of the past.
  store.putSetting("fact", "watchedSince", now);
}

/** The containers of a past. */
class Scene {
  readonly #containers: Map<string, Container>;

  constructor(readonly hostId: string, readonly watch: Watch, cast: readonly Container[]) {
    this.#containers = new Map(cast.map((container) => [container.id, { ...container, ...RUNNING }]));
  }

  up(): void {
    this.watch.up(this.hostId, [...this.#containers.values()], 0);
  }

  take({ kind, at, containerId, exitCode, message }: NewEvent): void {
    if (kind === "outage") return this.watch.down(this.hostId, message ?? "");
    if (kind === "return") return this.up();
    const known = this.#containers.get(containerId ?? "");
    if (known === undefined) return;
    if (kind === "oom") return this.watch.event(this.hostId, { id: known.id, action: "oom" }, 0);
    if (kind === "exit") {
      this.#put({ ...known, state: "restarting", exitCode: exitCode ?? 0, finishedAt: at });
    }
    if (kind === "restart") {
      this.#put({ ...known, ...RUNNING, startedAt: at, restartCount: (known.restartCount ?? 0) + 1 });
    }
    if (kind === "start") this.#put({ ...known, ...RUNNING, startedAt: at });
  }

  #put(container: Container): void {
    this.#containers.set(container.id, container);
    this.watch.changed(this.hostId, container, 0);
  }
}

const RUNNING = { state: "running", health: null, exitCode: 0, outOfMemory: false, inspected: true } as const;
