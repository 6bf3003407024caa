/** Pure: the kernel's tables of connections → numbers by state. */
import type { LabeledNumber } from "../../docker/metrics/labeled.ts";

/** States of TCP connections by the kernel's number, with the names of cAdvisor. */
const TCP_STATES = {
  "01": "established",
  "02": "synsent",
  "03": "synrecv",
  "04": "finwait1",
  "05": "finwait2",
  "06": "timewait",
  "07": "close",
  "08": "closewait",
  "09": "lastack",
  "0A": "listen",
  "0B": "closing",
} as const;

/** Columns of a line until the state, and until the queues. */
const TCP_LINE = /^ *\d+: [0-9A-F]+:[0-9A-F]+ [0-9A-F]+:[0-9A-F]+ ([0-9A-F]{2}) /gm;
const UDP_LINE =
  /^ *\d+: [0-9A-F]+:[0-9A-F]+ [0-9A-F]+:[0-9A-F]+ [0-9A-F]{2} ([0-9A-F]{1,8}):([0-9A-F]{1,8}) .*? (\d{1,20})[ \t]*$/gm;

/** Counts the connections in `/proc/PID/net/tcp` by state; `undefined` for another text. */
export function tcpStates(text: string): readonly LabeledNumber[] | undefined {
  if (!isTable(text)) return undefined;
  const counts = new Map<string, number>();
  for (const [, state = ""] of text.matchAll(TCP_LINE)) counts.set(state, (counts.get(state) ?? 0) + 1);
  return Object.entries(TCP_STATES).map(([state, name]) => [[name], counts.get(state) ?? 0]);
}

/**
 * Sums up the sockets in `/proc/PID/net/udp`, the bytes in their queues, and the packets that they have dropped;
 * `undefined` for another text.
 */
export function udpStates(text: string): readonly LabeledNumber[] | undefined {
  if (!isTable(text)) return undefined;
  const sums = { listen: 0, dropped: 0, rxqueued: 0, txqueued: 0 };
  for (const [, sending = "", receiving = "", drops] of text.matchAll(UDP_LINE)) {
    sums.listen++;
    sums.dropped += Number(drops);
    sums.rxqueued += parseInt(receiving, 16);
    sums.txqueued += parseInt(sending, 16);
  }
  return Object.entries(sums).map(([name, sum]) => [[name], sum]);
}

/** States of TCP connections without any. */
export const NO_CONNECTIONS: readonly LabeledNumber[] = Object.values(TCP_STATES).map((name) => [[name], 0]);

/** Reports whether `/proc/PID/net/sockstat` shows no TCP socket over IPv4, and no closed connection that waits. */
export function hasNoTcp(text: string): boolean {
  return /^TCP: inuse 0 orphan \d+ tw 0 /m.test(text);
}

/** Reports the same of IPv6, whose open sockets are in `sockstat6`. */
export function hasNoTcp6(text: string, text6: string): boolean {
  return /^TCP: inuse \d+ orphan \d+ tw 0 /m.test(text) && /^TCP6: inuse 0$/m.test(text6);
}

function isTable(text: string): boolean {
  return /^ *sl +local_address /.test(text);
}
