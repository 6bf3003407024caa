/** States of hosts for the history. */
import type { HostPresence } from "../../history/presence.ts";

/** The parts of a collector that show its state. */
interface Present {
  readonly hostId: string;
  readonly error: string | null;
  readonly connecting: boolean;
  readonly demand: { readonly intervalMs: number | undefined };
}

/** Returns which hosts can be read, and at which interval they are. */
export function presenceOf(collectors: readonly Present[]): HostPresence[] {
  return collectors.map(({ hostId, error, connecting, demand: { intervalMs } }) => ({
    hostId,
    isUp: error === null && !connecting,
    intervalMs,
  }));
}
