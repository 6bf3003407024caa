/** A listener that records what a channel reports. */
import type { ChannelEnd, ChannelListener } from "../../src/lib/transport/transport.ts";

/** Records every call. */
export class FakeListener implements ChannelListener {
  /** "opened", and the text of each frame, oldest first. */
  readonly received: string[] = [];
  readonly ends: ChannelEnd[] = [];

  opened(): void {
    this.received.push("opened");
  }

  frame(text: string): void {
    this.received.push(text);
  }

  closed(end: ChannelEnd): void {
    this.ends.push(end);
  }
}
