/**
 * Delivery of messages: one at a time per channel, so that a channel that hangs delays no other. Messages are stored
 * before they are sent, and are sent again until the channel has accepted them.
 */
import type { Channel, ChannelFailure, DeliveryOutcome } from "../protocol/alerts/channel.ts";
import { getLogger } from "../log/log.ts";
import type { Message } from "../store/alerts/alert_store.ts";
import type { Notice, NoticeItem } from "./channels/notice.ts";
import type { Send } from "./channels/send.ts";
import { type Lane, newLane } from "./lane.ts";

/** Access of the dispatcher to alerts. */
export interface DispatchSource {
  /** Returns a channel; `undefined` once it is deleted. */
  channel(id: string): Channel | undefined;
  /** Returns the alert of a message as it is now; `undefined` once it is removed. */
  item(message: Message): (NoticeItem & { readonly isQuiet: boolean }) | undefined;
  /** Takes messages that were sent, or that failed once more. */
  settled(messages: readonly Message[], outcome: DeliveryOutcome): void;
  /** Takes messages that will not be sent. */
  dropped(messages: readonly Message[], why: string): void;
}

/** Times and rates of the delivery. Times in ms. */
export interface DispatchTimes {
  /** Time in which further alarms of a rule are held back after the first, in channels that people read. */
  readonly groupMs: number;
  /** Messages per minute of channels that people read, and of webhooks. */
  readonly perMinute: number;
  readonly webhooksPerMinute: number;
  /** First pause after a failure; it doubles with each further one. */
  readonly retryMs: number;
  readonly longestRetryMs: number;
  /** Time after which a message is given up. */
  readonly giveUpMs: number;
}

const TIMES: DispatchTimes = {
  ...{ groupMs: 30_000, perMinute: 10, webhooksPerMinute: 60 },
  ...{ retryMs: 5000, longestRetryMs: 600_000, giveUpMs: 86_400_000 },
};
/** Messages that are sent one by one; more become a summary. */
const MOST_SINGLE = 3;
/** Alerts in one summary. */
const MOST_ITEMS = 100;
/** Messages that wait for one channel. */
const MOST_WAITING = 5000;

const log = getLogger(["dockstat", "alerts"]);

interface Ready {
  readonly message: Message;
  readonly item: NoticeItem;
}

/** The messages of all channels. Disposing it leaves those that wait to the next start. */
export class Dispatcher implements AsyncDisposable {
  readonly #lanes = new Map<string, Lane>();
  readonly #running = new Set<Promise<void>>();
  #ended = false;

  constructor(
    readonly source: DispatchSource,
    readonly send: Send,
    readonly now: () => number = Date.now,
    readonly times: DispatchTimes = TIMES,
  ) {}

  /** Adds messages, oldest first, and sends what is due. */
  add(messages: readonly Message[]): void {
    for (const message of messages) {
      const { waiting } = this.#lane(message.channelId);
      waiting.push(message);
      if (waiting.length > MOST_WAITING) {
        this.source.dropped(waiting.splice(0, 1), "too many messages are queued");
      }
    }
    this.tick();
  }

  /** Removes messages that match and that no channel has been asked to take; returns them. */
  withdraw(wanted: (message: Message) => boolean): Message[] {
    return [...this.#lanes.values()].flatMap((lane) => {
      const withdrawn = lane.waiting.filter((message) =>
        message.attempts === 0 && !message.trying && wanted(message)
      );
      lane.waiting = lane.waiting.filter((message) => !withdrawn.includes(message));
      return withdrawn;
    });
  }

  /** Returns the failed deliveries to a channel since the last success; `undefined` without any. */
  failureOf(channelId: string): ChannelFailure | undefined {
    return this.#lanes.get(channelId)?.failure;
  }

  /** Sends what is due. */
  tick(): void {
    if (this.#ended) return;
    for (const [channelId, lane] of this.#lanes) {
      if (lane.busy || lane.waiting.length === 0 || this.now() < lane.notBefore) continue;
      try {
        this.#start(channelId, lane);
      } catch (error) {
        // Other channels do not wait for a message that cannot be read.
        this.#pause(lane, error);
      }
    }
  }

  #pause(lane: Lane, error: unknown): void {
    lane.notBefore = this.now() + this.times.retryMs;
    log.error("Cannot deliver messages: {error}", { error });
  }

  #start(channelId: string, lane: Lane): void {
    const batch = this.#due(channelId, lane);
    if (batch.length === 0) return;
    lane.busy = true;
    const run = this.#deliver(channelId, lane, batch).catch((error) => this.#pause(lane, error)).finally(
      () => {
        this.#running.delete(run);
        lane.busy = false;
        this.tick();
      },
    );
    this.#running.add(run);
  }

  /** Waits for the requests that are under way, which end within their own time. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#ended = true;
    await Promise.all(this.#running);
  }

  /** Returns the messages to send now, as one. */
  #due(channelId: string, lane: Lane): readonly Ready[] {
    const channel = this.source.channel(channelId);
    const isWebhook = channel?.kind === "webhook";
    const ready = this.#ready(channel, lane);
    const perMinute = isWebhook ? this.times.webhooksPerMinute : this.times.perMinute;
    this.#refill(lane, perMinute);
    if (ready.length === 0 || lane.budget < 1) return [];
    const grouped = ready.some(({ message, item }) => this.#wasHeldBack(lane, message, item));
    // The last message of the budget is a summary of all that wait.
    const isSummary = ready.length > 1 &&
      (lane.budget < 2 || !isWebhook && (ready.length > MOST_SINGLE || grouped));
    return isSummary ? ready.slice(0, MOST_ITEMS) : ready.slice(0, 1);
  }

  #ready(channel: Channel | undefined, lane: Lane): Ready[] {
    const found: Ready[] = [];
    const dead: Message[] = [];
    for (const message of lane.waiting) {
      const current = channel && this.source.item(message);
      if (current === undefined) {
        dead.push(message);
        continue;
      }
      const { isQuiet, ...item } = current;
      if (!isQuiet && !this.#isHeldBack(channel!, lane, message, item)) found.push({ message, item });
    }
    if (dead.length > 0) {
      lane.waiting = lane.waiting.filter((message) => !dead.includes(message));
      this.source.dropped(dead, "the channel or the alert was removed");
    }
    return found;
  }

  /** Reports whether an alarm follows another one of its rule too closely. */
  #isHeldBack({ kind }: Channel, lane: Lane, { event, attempts }: Message, { ruleId }: NoticeItem): boolean {
    const first = lane.alarms.get(ruleId);
    return kind !== "webhook" && event === "alarm" && attempts === 0 && first !== undefined &&
      this.now() - first < this.times.groupMs;
  }

  #wasHeldBack(lane: Lane, { event, created }: Message, { ruleId }: NoticeItem): boolean {
    const first = lane.alarms.get(ruleId);
    return event === "alarm" && first !== undefined && created - first < this.times.groupMs;
  }

  #refill(lane: Lane, perMinute: number): void {
    const now = this.now();
    lane.budget = Math.min(perMinute, lane.budget + Math.max(0, now - lane.at) * perMinute / 60_000);
    lane.at = now;
  }

  async #deliver(channelId: string, lane: Lane, batch: readonly Ready[]): Promise<void> {
    const channel = this.source.channel(channelId)!;
    const messages = batch.map(({ message }) => message);
    const [first, ...others] = batch.map(({ item }) => item);
    lane.budget--;
    for (const message of messages) message.trying = true;
    const outcome = await this.send(
      channel,
      { key: keyOf(messages), items: [first!, ...others] } satisfies Notice,
    );
    for (const message of messages) message.trying = false;
    if (outcome === "delivered") this.#sent(lane, batch);
    else this.#failed(channel, lane, messages, outcome);
    this.source.settled(messages, outcome);
  }

  #sent(lane: Lane, batch: readonly Ready[]): void {
    const now = this.now();
    lane.failures = 0;
    lane.failure = undefined;
    for (const { message, item } of batch) {
      message.sent = now;
      if (message.event === "alarm") lane.alarms.set(item.ruleId, now);
    }
    const sent = new Set(batch.map(({ message }) => message));
    lane.waiting = lane.waiting.filter((message) => !sent.has(message));
  }

  #failed(channel: Channel, lane: Lane, messages: readonly Message[], outcome: DeliveryOutcome): void {
    const { retryMs, longestRetryMs, giveUpMs } = this.times;
    const now = this.now();
    lane.notBefore = now + Math.min(retryMs * 2 ** Math.min(lane.failures++, 20), longestRetryMs);
    lane.failure = { outcome, since: lane.failure?.since ?? new Date(now).toISOString() };
    for (const message of messages) message.attempts++;
    const { name } = channel;
    if (lane.failures === 1) {
      log.warn("Cannot deliver to channel {name}: {outcome}. Retrying", { name, outcome });
    }
    const old = messages.filter(({ created }) => now - created > giveUpMs);
    if (old.length === 0) return;
    lane.waiting = lane.waiting.filter((message) => !old.includes(message));
    this.source.dropped(old, "the channel accepted no message for a day");
  }

  #lane(channelId: string): Lane {
    const known = this.#lanes.get(channelId);
    if (known !== undefined) return known;
    const lane = newLane(this.now());
    this.#lanes.set(channelId, lane);
    return lane;
  }
}

/** Returns the same text for each attempt to send the same messages. */
function keyOf(messages: readonly Message[]): string {
  const [first] = messages;
  const own = `${first!.alertId}-${first!.event}-${first!.created}`;
  return messages.length === 1 ? own : `${own}-${messages.length}`;
}
