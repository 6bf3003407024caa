/** Alerts that fire and end, and the messages about them. A recovery is sent exactly when its alarm was. */
import { parseDuration } from "../duration.ts";
import { getLogger } from "../log/log.ts";
import type { Channel, ChannelFailure, DeliveryOutcome } from "../protocol/alerts/channel.ts";
import type { Rule } from "../protocol/alerts/rule.ts";
import { WriteRetry } from "../stacks/progress/write_retry.ts";
import type { AlertStore, Message, MessageEvent } from "../store/alerts/alert_store.ts";
import { isWithin } from "../time_window.ts";
import type { Send } from "./channels/send.ts";
import { Dispatcher, type DispatchSource, type DispatchTimes } from "./dispatcher.ts";
import type { Tracked } from "./engine/tracked.ts";
import type { AlertClock } from "./engine/tracker.ts";
import { alertKey } from "./engine/subject.ts";
import { type AlertRecord, newRecord, toItem, valuesOf } from "./record.ts";

/** Parts of a {@linkcode Notifier}. */
export interface NotifierParts {
  readonly store: AlertStore;
  readonly clock: AlertClock;
  readonly send: Send;
  readonly rule: (id: string) => Rule | undefined;
  readonly channel: (id: string) => Channel | undefined;
  /** Returns the newest value of an alert's number by its key; `undefined` without one. */
  readonly newest: (key: string) => number | undefined;
  /** Address of the dashboard, without a slash at the end. */
  readonly base: () => string;
  readonly times?: DispatchTimes | undefined;
  /** True for a simulated past, whose alerts are not logged. */
  readonly isPast?: boolean;
}

const log = getLogger(["dockstat", "alerts"]);

/** The alerts that have not ended, and their messages. */
export class Notifier implements AsyncDisposable {
  /** Alerts by the key of their condition. */
  readonly #live = new Map<string, AlertRecord>();
  readonly #keys = new Map<string, string>();
  readonly #changed = new Set<string>();
  readonly #writes = new WriteRetry("alerts");
  /** Alerts that have ended and have messages to send. */
  readonly #ended = new Map<string, AlertRecord>();
  /** Messages of alerts that have not ended, and of those with messages to send. */
  readonly #messages = new Map<string, Message[]>();
  readonly #dispatcher: Dispatcher;

  constructor(readonly parts: NotifierParts) {
    const source: DispatchSource = {
      channel: parts.channel,
      item: (message) => this.#item(message),
      settled: (messages, outcome) => this.#settled(messages, outcome),
      dropped: (messages, why) => this.#dropped(messages, why),
    };
    this.#dispatcher = new Dispatcher(source, parts.send, parts.clock.wall, parts.times);
  }

  /** Alerts that have not ended, newest first. */
  list(): AlertRecord[] {
    return [...this.#live.keys()].map((key) => this.#current(key)!).sort((one, other) =>
      other.began - one.began
    );
  }

  /** Returns the failed deliveries to a channel since the last success. */
  failureOf(channelId: string): ChannelFailure | undefined {
    return this.#dispatcher.failureOf(channelId);
  }

  /** Continues the alerts and messages of an earlier run. */
  restore(alerts: readonly AlertRecord[], unsent: readonly Message[]): void {
    for (const alert of alerts) this.#keep(alertKey(alert.ruleId, alert), alert);
    this.#dispatcher.add(unsent);
  }

  /** Takes a condition that has fired. */
  fired(tracked: Tracked): void {
    const record = newRecord(tracked);
    this.#keep(tracked.key, record);
    const { ruleName: rule, name, reason } = record;
    if (!this.parts.isPast) log.info("Alert {rule}: {name}: {reason}", { rule, name, reason });
    this.#send(record, "alarm", tracked.rule.deliver);
  }

  /** Takes a condition with new values; they are stored with the next tick. */
  changed({ key, facts, count, subject }: Tracked): void {
    const record = this.#live.get(key);
    if (record === undefined) return;
    this.#live.set(key, { ...record, ...subject, ...valuesOf(facts), count });
    this.#changed.add(key);
  }

  /** Takes an alert whose host cannot be read, or can be read again. */
  unknown(key: string, isUnknown: boolean): void {
    this.update(key, { unknown: isUnknown });
  }

  /** Takes a condition that is over. */
  recovered({ key }: Tracked, why: string): void {
    const record = this.#live.get(key);
    if (record === undefined) return;
    this.#live.delete(key);
    this.#keys.delete(record.id);
    this.#changed.delete(key);
    const now = this.parts.clock.wall();
    const ended = {
      ...record,
      ended: Math.max(now, record.began),
      unknown: false,
      reason: why || record.reason,
    };
    this.#write(() => this.parts.store.put(ended));
    // Alarms that were never tried, as in quiet hours, are pointless now.
    this.#dropped(this.#dispatcher.withdraw(({ alertId }) => alertId === record.id), "");
    const channels = this.#alarmed(record.id);
    if (channels.length === 0) return this.#forget(record.id);
    this.#ended.set(record.id, ended);
    this.#send(ended, "recovery", channels);
  }

  /** Changes an alert that has not ended. */
  update(key: string, changes: Partial<AlertRecord>): AlertRecord | undefined {
    const record = this.#live.get(key);
    if (record === undefined) return undefined;
    const changed = { ...record, ...changes };
    this.#live.set(key, changed);
    this.#write(() => this.parts.store.put(changed));
    return changed;
  }

  /** Returns the key of an alert that has not ended. */
  keyOf(id: string): string | undefined {
    return this.#keys.get(id);
  }

  /** Drops the messages of an alert that were never tried, because it is silenced. */
  silence(id: string): void {
    this.#dropped(this.#dispatcher.withdraw(({ alertId }) => alertId === id), "");
  }

  /** Stores what has changed, repeats alarms and sends what is due. */
  tick(): void {
    for (const key of this.#changed) this.update(key, {});
    this.#changed.clear();
    for (const [key, record] of this.#live) this.#repeatIfDue(key, record);
    this.#dispatcher.tick();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#dispatcher[Symbol.asyncDispose]();
    for (const key of this.#changed) this.update(key, {});
    this.#writes[Symbol.dispose]();
  }

  #keep(key: string, record: AlertRecord): void {
    this.#live.set(key, record);
    this.#keys.set(record.id, key);
    this.#write(() => this.parts.store.put(record));
  }

  #repeatIfDue(key: string, record: AlertRecord): void {
    const rule = this.parts.rule(record.ruleId);
    const now = this.parts.clock.wall();
    const { sent, acknowledged, unknown, silencedUntil } = record;
    if (!rule?.repeat || sent === null || acknowledged !== null || unknown) return;
    if (silencedUntil !== null && silencedUntil > now || now - sent < parseDuration(rule.repeat)!) return;
    this.update(key, { sent: now });
    this.#send(record, "repeat", rule.deliver);
  }

  #send(record: AlertRecord, event: MessageEvent, channels: readonly string[]): void {
    const created = this.parts.clock.wall();
    const messages: Message[] = channels.map((channelId) => ({
      ...{ alertId: record.id, channelId, event, created, attempts: 0, sent: null },
    }));
    if (messages.length === 0) return;
    this.#messages.set(record.id, [...event === "alarm" ? [] : this.#known(record.id), ...messages]);
    // A message is stored before it is sent, so that a crash cannot lose it. A full disk does not hold it back.
    this.#write(() => this.parts.store.putMessages(messages));
    this.#dispatcher.add(messages);
  }

  /** Returns the messages of an alert, also those of an earlier run. */
  #known(id: string): readonly Message[] {
    try {
      return this.#messages.get(id) ?? this.parts.store.messages(id);
    } catch (error) {
      log.error("Cannot read messages of alerts: {error}", { error });
      return [];
    }
  }

  /** Returns the channels that have accepted an alarm, or that one is being sent to. */
  #alarmed(id: string): string[] {
    const alarms = this.#known(id).filter(({ event, sent, attempts, trying = false }) =>
      event === "alarm" && (sent !== null || attempts > 0 || trying)
    );
    return [...new Set(alarms.map(({ channelId }) => channelId))];
  }

  /** Returns an alert that has not ended, with its newest value, which is not stored each time. */
  #current(key: string): AlertRecord | undefined {
    const record = this.#live.get(key);
    const value = this.parts.newest(key);
    return record === undefined || value === undefined ? record : { ...record, value };
  }

  #item(message: Message): ReturnType<DispatchSource["item"]> {
    const key = this.#keys.get(message.alertId);
    const record = (key === undefined ? this.#ended.get(message.alertId) : this.#current(key)) ??
      this.parts.store.get<AlertRecord>(message.alertId);
    if (record === undefined) return undefined;
    const now = this.parts.clock.wall();
    const quiet = this.parts.rule(record.ruleId)?.quiet ?? null;
    const item = toItem(record, message.event, now, this.parts.base());
    return { ...item, isQuiet: quiet !== null && isWithin(quiet, now) };
  }

  #settled(messages: readonly Message[], outcome: DeliveryOutcome): void {
    this.#write(() => this.parts.store.putMessages(messages));
    if (outcome !== "delivered") return;
    for (const { alertId, event, sent } of messages) {
      const key = this.#keys.get(alertId);
      if (event === "alarm" && key !== undefined) this.update(key, { sent });
      if (event === "recovery") this.#forget(alertId);
    }
  }

  #dropped(messages: readonly Message[], why: string): void {
    if (messages.length === 0) return;
    if (why !== "") log.warn("{count} alert messages were dropped: {why}", { count: messages.length, why });
    this.#write(() => this.parts.store.dropMessages(messages));
    for (const message of messages) {
      const kept = this.#messages.get(message.alertId)?.filter((one) => one !== message) ?? [];
      this.#messages.set(message.alertId, kept);
      if (message.event === "recovery") this.#forget(message.alertId);
    }
  }

  #forget(id: string): void {
    this.#ended.delete(id);
    this.#messages.delete(id);
  }

  #write(write: () => void): void {
    this.#writes.write(write);
  }
}
