import { Alerts, type AlertSettings } from "../../../server/alerts/alerts.ts";
import type { Notice } from "../../../server/alerts/channels/notice.ts";
import type { Send } from "../../../server/alerts/channels/send.ts";
import type { DeliveryOutcome } from "../../../server/protocol/alerts/channel.ts";
import { AlertStore } from "../../../server/store/alerts/alert_store.ts";
import { openDatabase } from "../../../server/store/database.ts";
import { fakeContainer } from "../../fakes/container.ts";
import { StoppedClock } from "../rules.ts";

/** Alerts with a stopped clock, whose messages are recorded. */
export class DeliveryScene implements AsyncDisposable {
  /** Its clocks. */
  readonly clock: StoppedClock;
  /** Messages that were tried, by name of the channel. */
  readonly sent: { readonly channel: string; readonly notice: Notice }[] = [];
  /** Outcome of each attempt. */
  outcome: DeliveryOutcome | Promise<DeliveryOutcome> = "delivered";
  /** Sends the messages after they are recorded, instead of returning the outcome. */
  send: Send | undefined;
  /** The alerts. */
  readonly alerts: Alerts;

  constructor(file: AlertSettings, readonly database = openDatabase(":memory:"), start?: number) {
    this.clock = new StoppedClock(start);
    this.alerts = new Alerts({
      ...{
        store: new AlertStore(database),
        file,
        clock: this.clock,
        base: () => "http://dock",
        held: () => false,
        busy: () => false,
      },
      send: (channel, notice) => {
        this.sent.push({ channel: channel.name, notice });
        return this.send?.(channel, notice) ?? Promise.resolve(this.outcome);
      },
    });
    this.alerts.start();
    this.alerts.watch.up("nas", [], 0);
  }

  /** Makes a container unhealthy or healthy. */
  turn(name: string, health: "unhealthy" | "healthy"): void {
    this.alerts.watch.changed("nas", fakeContainer(name, { health }), 0);
  }

  /** Moves the clocks by steps of a second, and lets deliveries end. */
  async advance(ms: number): Promise<void> {
    for (let left = ms; left > 0; left -= 1000) {
      this.clock.advance(Math.min(left, 1000));
      this.alerts.tick();
      await settled();
    }
  }

  /** Events and names of the messages, such as "alarm web". */
  get events(): string[] {
    return this.sent.map(({ notice: { items } }) =>
      items.map(({ event, name }) => `${event} ${name}`).join(", ")
    );
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.alerts[Symbol.asyncDispose]();
  }
}

/** Waits until the promises of a delivery have settled. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 10; turn++) await Promise.resolve();
}
