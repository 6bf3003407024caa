import { tcpStates, udpStates } from "../../../server/kernel/scrape/connections.ts";
import { assertEquals } from "../../assert.ts";

const TCP_HEAD =
  "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n";
const UDP_HEAD =
  "   sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode ref pointer drops\n";

/** A line of a table of TCP connections. */
function tcpLine(state: string, address = "0100007F:1F91"): string {
  return `   0: ${address} 00000000:0000 ${state} 00000000:00000000 00:00000000 00000000     0        0 14493454 1 00000000d992e248 100 0 0 10 0\n`;
}

Deno.test("counts connections by state, with all states", () => {
  const six = "0000000000000000FFFF00000100007F:1F91";
  const text = TCP_HEAD + ["0A", "01", "01", "06"].map((state) => tcpLine(state)).join("") +
    tcpLine("0B", six);
  const states = Object.fromEntries(tcpStates(text)!.map(([[name], count]) => [name, count]));
  assertEquals(states, {
    ...{ established: 2, synsent: 0, synrecv: 0, finwait1: 0, finwait2: 0, timewait: 1 },
    ...{ close: 0, closewait: 0, lastack: 0, listen: 1, closing: 1 },
  });
});

Deno.test("sums up UDP sockets, the bytes in their queues, and dropped packets", () => {
  const line = (queues: string, drops: number) =>
    ` 1234: 00000000:0044 00000000:0000 07 ${queues} 00:00000000 00000000     0        0 21 2 0000000000000000 ${drops}        \n`;
  const text = UDP_HEAD + line("00000010:00000001", 7) + line("00000000:000000FF", 3);
  const states = Object.fromEntries(udpStates(text)!.map(([[name], count]) => [name, count]));
  assertEquals(states, { listen: 2, dropped: 10, rxqueued: 256, txqueued: 16 });
});

Deno.test("a table without connections has zeros, and another text is unknown", () => {
  assertEquals(tcpStates(TCP_HEAD)!.map(([, count]) => count), new Array(11).fill(0));
  assertEquals(udpStates(UDP_HEAD)!.map(([, count]) => count), [0, 0, 0, 0]);
  assertEquals([tcpStates(""), udpStates("Inter-|\n"), tcpStates("x\n" + tcpLine("01"))], [
    undefined,
    undefined,
    undefined,
  ]);
});

Deno.test("lines of another shape count as no connection", () => {
  const text = TCP_HEAD + "   0: zz 00000000:0000 01 x\n" + tcpLine("FF") + tcpLine("01");
  assertEquals(tcpStates(text)!.reduce((sum, [, count]) => sum + count, 0), 1);
});
