/** Connects alerts to the hosts, to operations and to the output of containers. */
import type { DatabaseSync } from "node:sqlite";
import type { Containers } from "../containers/containers.ts";
import type { Container } from "../docker/container.ts";
import { getLogger } from "../log/log.ts";
import { OutboundClient } from "../outbound/client.ts";
import type { AllowedAddress } from "../outbound/addresses.ts";
import type { Outputs } from "../output/outputs.ts";
import type { Runner } from "../stacks/runner.ts";
import type { Feed } from "../stats/feed.ts";
import { AlertStore } from "../store/alerts/alert_store.ts";
import { Alerts, type AlertSettings } from "./alerts.ts";
import { replayIncidents } from "./demo_past.ts";
import type { DemoHost } from "../demo/past.ts";
import { sender } from "./channels/send.ts";
import type { Subject } from "./engine/subject.ts";
import type { AlertClock } from "./engine/tracker.ts";
import { Healing } from "./healing.ts";
import { ImageWatch, type ImageWatchParts } from "./image_watch.ts";
import { LogWatch } from "./log_watch.ts";
import { Readings } from "./readings.ts";
import { ROUND_MS, Rounds } from "./rounds.ts";

/** Options for {@linkcode openAlerts}. */
export interface OpenAlertsOptions {
  readonly database: DatabaseSync;
  readonly feed: Feed;
  readonly outputs: Outputs;
  readonly runner: Runner;
  readonly containers: Containers;
  readonly updates: ImageWatchParts["updates"];
  readonly file: AlertSettings;
  readonly allow: readonly AllowedAddress[];
  readonly readOnly: boolean;
  /** True when another server uses the data folder, which then evaluates the rules. */
  readonly shared: boolean;
  /** Short id of the container that DockStat runs in, if it does. */
  readonly hostname: string | undefined;
  readonly base: () => string;
  /** Simulated hosts, whose incidents become past alerts. */
  readonly simulated: readonly DemoHost[];
  readonly env: (name: string) => string | undefined;
}

/** Time after the end of an operation for which its containers are still held back, ms. */
const SETTLE_MS = 5000;

/** Clocks of this machine. */
export const REAL_CLOCK: AlertClock = { mono: () => performance.now(), wall: () => Date.now() };

const log = getLogger(["dockstat", "alerts"]);

/** The alerts of a server. */
export interface OpenedAlerts extends AsyncDisposable {
  readonly alerts: Alerts;
  /** Starts to observe the hosts and to send messages, once the address of the server is known. */
  readonly start: () => void;
}

/** Opens the alerts of a server. */
export async function openAlerts(options: OpenAlertsOptions): Promise<OpenedAlerts> {
  const { database, runner, containers, file, allow, readOnly, shared, env, base } = options;
  const store = new AlertStore(database);
  for (const host of options.simulated) await replayIncidents(store, file, host, Date.now());
  const stack = new AsyncDisposableStack();
  const restart = (hostId: string, id: string) => containers.act(hostId, id, "restart");
  const healing = new Healing(readOnly ? undefined : restart, REAL_CLOCK);
  const alerts = stack.use(
    new Alerts({
      ...{ store, file, clock: REAL_CLOCK, base },
      send: sender(new OutboundClient({ allow }), env),
      held: (subject) => isHeld(runner, subject),
      busy: busyWith(runner),
      heal: (tracked) => healing.heal(tracked),
    }),
  );
  return {
    alerts,
    // Another server that uses the data folder evaluates the rules and sends the messages.
    start: () => shared ? undefined : start(stack, alerts, options),
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  };
}

function start(
  stack: AsyncDisposableStack,
  alerts: Alerts,
  { feed, outputs, updates, hostname }: OpenAlertsOptions,
): void {
  const isOwn = ownContainer(hostname);
  const logs = stack.use(new LogWatch({ feed, outputs, tracker: alerts.tracker, isOwn }));
  const images = stack.use(new ImageWatch({ feed, updates, tracker: alerts.tracker }));
  const readings = stack.use(new Readings(feed, alerts.watch));
  alerts.onRules = (rules) => {
    readings.use();
    images.use(rules);
    logs.use(rules.filter(({ when }) => when.kind === "log"))
      .catch((error) => log.error("Cannot use rules about logs: {error}", { error }));
  };
  alerts.start();
  stack.use(feed.observe(alerts.watch));
  const { tracker } = alerts;
  const rounds = stack.use(
    new Rounds({
      checks: [
        { name: "hold times of alerts", run: () => tracker.tick() },
        { name: "messages of alerts", run: () => alerts.tickMessages() },
        { name: "rules about logs", run: () => logs.tick() },
        { name: "rules about image updates", run: () => images.tick() },
      ],
      dueMs: () => tracker.dueMs(),
    }),
  );
  tracker.onSooner = () => rounds.soon();
}

/** Reports whether an operation changes an object, or has just changed it. */
function isHeld(runner: Runner, { hostId, containerId, project }: Subject): boolean {
  if (hostId === null) return runner.all().length > 0;
  const key = project ?? `container:${containerId}`;
  if (runner.of(hostId, key) !== undefined || !runner.isQuiet(hostId, key, SETTLE_MS)) return true;
  return containerId !== null && runner.all().some(({ operation }) => operation.target.id === containerId);
}

/** Returns the function that reports whether an operation runs, or has just ended. */
function busyWith(runner: Runner): () => boolean {
  let [busyAt, ended] = [-Infinity, 0];
  return () => {
    const ends = runner.ends.values().reduce((sum, count) => sum + count, 0);
    // An operation may begin and end between two calls.
    if (runner.all().length > 0 || ends !== ended) busyAt = performance.now();
    ended = ends;
    return performance.now() - busyAt < SETTLE_MS + ROUND_MS;
  };
}

/** Returns the function that recognizes the container that DockStat runs in. */
function ownContainer(hostname: string | undefined): (container: Container) => boolean {
  const isShortId = hostname !== undefined && /^[0-9a-f]{12}$/.test(hostname);
  return ({ id, image }) => isShortId ? id.startsWith(hostname) : /(^|\/)dockstat(:|$)/.test(image);
}
