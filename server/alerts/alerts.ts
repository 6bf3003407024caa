/** Alerts: rules, channels, and everything that they need from the hosts. */
import { parseDuration } from "../duration.ts";
import { AppError } from "../errors.ts";
import { getLogger } from "../log/log.ts";
import type { Alert, AlertPage } from "../protocol/alerts/alert.ts";
import {
  type Channel,
  type ChannelDraft,
  type DeliveryOutcome,
  MOST_CHANNELS,
} from "../protocol/alerts/channel.ts";
import { MOST_RULES, type Rule, type RuleDraft } from "../protocol/alerts/rule.ts";
import type { AlertPlace, AlertStore } from "../store/alerts/alert_store.ts";
import { ChannelTests } from "./channel_tests.ts";
import { completeChannel, completeRule, DEFAULT_RULES } from "./defaults.ts";
import { type AlertClock, Tracker } from "./engine/tracker.ts";
import type { TrackerEvents } from "./engine/tracker_events.ts";
import { Watch } from "./engine/watch.ts";
import { Notifier, type NotifierParts } from "./notifier.ts";
import { type AlertRecord, factsOf, toAlert } from "./record.ts";
import { Settings } from "./settings.ts";

/** Rules and channels of the file. */
export interface AlertSettings {
  readonly rules: readonly RuleDraft[];
  readonly channels: readonly ChannelDraft[];
}

/** Parts that alerts are built from. */
export interface AlertParts
  extends Pick<NotifierParts, "store" | "send" | "clock" | "base" | "times" | "isPast"> {
  readonly file: AlertSettings;
  readonly held: TrackerEvents["held"];
  readonly busy: TrackerEvents["busy"];
  /** Restarts the container of an alert. */
  readonly heal?: TrackerEvents["fired"];
}

const PRUNE_MS = 3_600_000;
const log = getLogger(["dockstat", "alerts"]);

/** The alerts of all hosts. Disposing it ends deliveries; what is not sent is sent after the next start. */
export class Alerts implements AsyncDisposable {
  /** Rules about states and numbers. */
  readonly watch: Watch;
  /** Hold times of all rules. */
  readonly tracker: Tracker;
  /** Rules by id. */
  readonly rules: Settings<RuleDraft, Rule>;
  /** Channels by id. */
  readonly channels: Settings<ChannelDraft, Channel>;
  /** Called when rules have changed, and once at the start. */
  onRules: (rules: readonly Rule[]) => void = () => {};
  readonly #notifier: Notifier;
  readonly #tests: ChannelTests;
  #prunedAt = -Infinity;

  constructor(readonly parts: AlertParts) {
    const { store, file, clock } = parts;
    const watchedSince = seed(store, clock);
    this.rules = new Settings({
      ...{ kind: "rule", most: MOST_RULES, store, complete: completeRule },
      changed: () => this.#apply(),
    }, file.rules);
    this.channels = new Settings({
      ...{ kind: "channel", most: MOST_CHANNELS, store, complete: completeChannel },
      changed: () => {},
    }, file.channels);
    this.#notifier = new Notifier({
      ...parts,
      rule: (id) => this.rules.get(id),
      channel: (id) => this.channels.get(id),
      newest: (key) => this.tracker.newest(key),
    });
    this.#tests = new ChannelTests(parts);
    this.tracker = new Tracker(this.#events(), clock);
    this.watch = new Watch(this.tracker, watchedSince);
  }

  /** Continues what an earlier run has left, and applies the rules. */
  start(): void {
    const open = this.parts.store.open<AlertRecord>();
    const active = new Set(this.#active().map(({ id }) => id));
    this.#notifier.restore(open, this.parts.store.unsent());
    for (const record of open) {
      const rule = this.rules.get(record.ruleId) ?? ruleOf(record);
      const tracked = this.tracker.restore(rule, record, factsOf(record), record.began, record.count);
      if (!active.has(record.ruleId)) this.tracker.end(tracked, "The rule was removed");
      else if (record.kind === "log") this.tracker.settle((one) => one === tracked);
    }
    this.#apply();
  }

  /** Replaces the rules and channels of the file. */
  reload(file: AlertSettings): void {
    this.channels.reload(file.channels);
    this.rules.reload(file.rules);
    this.#apply();
  }

  /** Fires, ends, stores and sends what is due. */
  tick(): void {
    this.tracker.tick();
    this.tickMessages();
  }

  /** Stores and sends what is due. */
  tickMessages(): void {
    this.#notifier.tick();
    const now = this.parts.clock.mono();
    if (now - this.#prunedAt < PRUNE_MS) return;
    this.#prunedAt = now;
    try {
      this.parts.store.prune(this.parts.clock.wall());
    } catch (error) {
      log.warn("Cannot remove old alerts: {error}", { error });
    }
  }

  /** Returns the alerts that have not ended, unless a place is given, and past ones. */
  list(limit: number, before: AlertPlace | undefined): AlertPage {
    const now = this.parts.clock.wall();
    const past = this.parts.store.past<AlertRecord>(limit + 1, before);
    const page = past.slice(0, limit);
    const last = past.length > limit ? page.at(-1) : undefined;
    const live = before === undefined ? this.#notifier.list() : [];
    return {
      alerts: [...live, ...page].map((record) => toAlert(record, now)),
      next: last === undefined ? null : `${last.ended}_${last.id}`,
    };
  }

  /**
   * Stops the repeats of an alert.
   *
   * @throws {AppError} "not-found", "busy" for an alert that has ended.
   */
  acknowledge(id: string): Alert {
    const acknowledged = this.parts.clock.wall();
    return this.#update(id, { acknowledged });
  }

  /**
   * Sends nothing but the recovery of an alert for a time.
   *
   * @throws {AppError} "not-found", "busy" for an alert that has ended.
   */
  silence(id: string, duration: string): Alert {
    const alert = this.#update(id, { silencedUntil: this.parts.clock.wall() + parseDuration(duration)! });
    this.#notifier.silence(id);
    return alert;
  }

  /** Returns a channel with its failed deliveries. */
  withFailure(channel: Channel): Channel {
    const failure = this.#notifier.failureOf(channel.id);
    return failure === undefined ? channel : { ...channel, failure };
  }

  /**
   * Deletes a channel, also from the stored rules that deliver to it.
   *
   * @throws {AppError} "not-found", "forbidden" for one of the file.
   */
  removeChannel(id: string): void {
    this.channels.remove(id);
    const delivering = this.rules.list().filter(({ source, deliver }) =>
      source === "stored" && deliver.includes(id)
    );
    const without = (rule: Rule) => ({ ...rule, deliver: rule.deliver.filter((one) => one !== id) });
    this.rules.replaceAll(new Map(delivering.map((rule) => [rule.id, without(rule)])));
  }

  /**
   * Sends a test to a channel.
   *
   * @throws {AppError} "not-found", "too-many" after ten within a minute.
   */
  async test(id: string): Promise<DeliveryOutcome> {
    return await this.#tests.send(this.channels.existing(id));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#notifier[Symbol.asyncDispose]();
  }

  #update(id: string, changes: Partial<AlertRecord>): Alert {
    const key = this.#notifier.keyOf(id);
    const record = key === undefined ? undefined : this.#notifier.update(key, changes);
    if (record !== undefined) return toAlert(record, this.parts.clock.wall());
    if (this.parts.store.get(id) === undefined) throw new AppError("not-found", `There is no alert "${id}"`);
    throw new AppError("busy", `Cannot change the alert "${id}": it has ended`);
  }

  #events(): TrackerEvents {
    return {
      fired: (tracked) => {
        this.#notifier.fired(tracked);
        this.parts.heal?.(tracked);
      },
      changed: (tracked) => this.#notifier.changed(tracked),
      recovered: (tracked, why) => this.#notifier.recovered(tracked, why),
      unknown: ({ key }, isUnknown) => this.#notifier.unknown(key, isUnknown),
      held: this.parts.held,
      busy: this.parts.busy,
    };
  }

  /** Rules that can be evaluated. */
  #active(): Rule[] {
    return this.rules.list().filter(({ enabled, problem }) => enabled && problem === null);
  }

  /** Applies the rules, and ends alerts of rules that have changed. */
  #apply(): void {
    const active = this.#active();
    const byId = new Map(active.map((rule) => [rule.id, rule]));
    for (const tracked of this.tracker.find(() => true)) {
      const rule = byId.get(tracked.rule.id);
      if (rule === undefined || !isSameCondition(rule, tracked.rule)) {
        this.tracker.end(tracked, "The rule was changed");
      } else this.tracker.useRule(tracked, rule);
    }
    this.watch.use(active);
    this.onRules(active);
  }
}

/** Stores the default rules at the first start, and returns the time of it, epoch ms. */
function seed(store: AlertStore, clock: AlertClock): number {
  const known = store.settings("fact").get("watchedSince");
  if (typeof known === "number") return known;
  for (const rule of DEFAULT_RULES) store.putSetting("rule", rule.id, rule);
  store.putSetting("fact", "watchedSince", clock.wall());
  return clock.wall();
}

function isSameCondition(one: Rule, other: Rule): boolean {
  return JSON.stringify([one.when, one.match]) === JSON.stringify([other.when, other.match]);
}

/** Returns a rule for an alert whose rule no longer exists. */
function ruleOf({ ruleId, ruleName, kind }: AlertRecord): Rule {
  const when = kind === "absence" || kind === "image"
    ? { kind }
    : { kind: "state", state: "failed" } as const;
  return completeRule({ name: ruleName, when }, ruleId, "stored");
}
