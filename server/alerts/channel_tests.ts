/** Tests of channels, which answer with one of a few outcomes. */
import { AppError } from "../errors.ts";
import type { Channel, DeliveryOutcome } from "../protocol/alerts/channel.ts";
import type { Send } from "./channels/send.ts";
import type { AlertClock } from "./engine/tracker.ts";

/** Tests that may be sent within a minute, to all channels together. */
const MOST = 10;
const MINUTE_MS = 60_000;

/** Parts of {@linkcode ChannelTests}. */
export interface ChannelTestParts {
  readonly send: Send;
  readonly clock: AlertClock;
  readonly base: () => string;
}

/** The tests of the last minute. */
export class ChannelTests {
  readonly #sent: number[] = [];

  constructor(readonly parts: ChannelTestParts) {}

  /**
   * Sends a test to a channel.
   *
   * @throws {AppError} "too-many" after ten within a minute.
   */
  async send(channel: Channel): Promise<DeliveryOutcome> {
    const now = this.parts.clock.mono();
    while (this.#sent[0] !== undefined && now - this.#sent[0] >= MINUTE_MS) this.#sent.shift();
    if (this.#sent.length >= MOST) {
      const seconds = Math.ceil((MINUTE_MS - (now - this.#sent[0]!)) / 1000);
      throw new AppError("too-many", `Cannot send a test: ${MOST} were sent within a minute`, {
        headers: { "retry-after": String(seconds) },
      });
    }
    this.#sent.push(now);
    const at = new Date(this.parts.clock.wall()).toISOString();
    return await this.parts.send(channel, {
      key: crypto.randomUUID(),
      items: [{
        ...{ id: crypto.randomUUID(), event: "test", rule: "Test", ruleId: "test", state: "firing" },
        ...{ host: null, container: null, project: null, service: null, name: channel.name },
        ...{
          reason: "This is a test message from DockStat",
          value: null,
          unit: null,
          since: at,
          ended: null,
          line: null,
        },
        ...{ count: 1, link: `${this.parts.base()}/#/alerts` },
      }],
    });
  }
}
