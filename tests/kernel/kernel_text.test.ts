import fc from "fast-check";
import {
  diskBytesV1,
  diskBytesV2,
  hasNoCapabilities,
  interfacesOf,
  limitOf,
  openFileLimit,
  startTicks,
  systemCpuNs,
  valueOf,
  wholeNumber,
} from "../../server/kernel/kernel_text.ts";
import { assert, assertEquals } from "../assert.ts";

const count = fc.nat({ max: Number.MAX_SAFE_INTEGER });

/** Creates the text of `/proc/PID/stat` of a process. */
function stat(name: string, ticks: number): string {
  const columns = Array.from({ length: 50 }, (_, index) => index === 19 ? ticks : index);
  return `42 (${name}) ${["S", ...columns.slice(1)].join(" ")}\n`;
}

Deno.test("reads a file with one number, and nothing else", () => {
  assertEquals(wholeNumber("28485974\n"), 28485974);
  for (const text of ["", "\n", "-1\n", "1 2\n", "0x10\n", "1e3\n", " 1\n", "9".repeat(21)]) {
    assertEquals(wholeNumber(text), undefined, JSON.stringify(text));
  }
});

Deno.test("reads the word max as no limit", () => {
  assertEquals(limitOf("max\n"), Infinity);
  assertEquals(limitOf("67108864\n"), 67108864);
  assertEquals(limitOf("maximum\n"), undefined);
});

Deno.test("finds a key in any line, and never the end of a longer key", () => {
  const text = "inactive_file 1\ntotal_inactive_file 2\nfile 3\n";
  assertEquals(valueOf(text, "inactive_file"), 1);
  assertEquals(valueOf(text, "total_inactive_file"), 2);
  assertEquals(valueOf(text, "file"), 3);
  assertEquals(valueOf("total_file 3", "file"), undefined);
  assertEquals(valueOf("", "file"), undefined);
});

Deno.test("finds every key of a file", () => {
  const key = fc.stringMatching(/^[a-z_]{1,12}$/);
  fc.assert(fc.property(fc.dictionary(key, count), (pairs) => {
    const text = Object.entries(pairs).map(([key, value]) => `${key} ${value}\n`).join("");
    for (const [key, value] of Object.entries(pairs)) assertEquals(valueOf(text, key), value);
  }));
});

Deno.test("adds up the first seven columns of the CPU time, without the stolen time", () => {
  const text = "cpu  1 2 3 4 5 6 7 1000 2000 3000\ncpu0 9 9 9 9 9 9 9 9 9 9\n";
  assertEquals(systemCpuNs(text), 28e7);
  assertEquals(systemCpuNs("cpu  1 2 3 4 5 6 7"), 28e7);
  for (const short of ["", "cpu  1 2 3 4 5 6\n", "cpu0 1 2 3 4 5 6 7 8\n"]) {
    assertEquals(systemCpuNs(short), undefined);
  }
});

Deno.test("adds up the bytes of all devices", () => {
  const v2 = "254:0 rbytes=10 wbytes=20 rios=1 wios=1 dbytes=7 dios=0\n8:0 rbytes=1 wbytes=2 rios=0\n7:0\n";
  assertEquals(diskBytesV2(v2), { read: 11, write: 22 });
  const v1 = "254:0 Read 10\n254:0 Write 20\n254:0 Sync 5\n254:0 Total 30\n8:0 Read 1\nTotal 31\n";
  assertEquals(diskBytesV1(v1), { read: 11, write: 20 });
  for (const empty of ["", "Total 0\n"]) {
    assertEquals([diskBytesV1(empty), diskBytesV2(empty)], Array(2).fill({ read: 0, write: 0 }));
  }
});

Deno.test("reads every interface but loopback, whatever its name", () => {
  const name = fc.stringMatching(/^[!-9;-~]{1,15}$/).filter((name) => name !== "lo" && name !== "__proto__");
  const rows = fc.dictionary(name, fc.tuple(count, count));
  const head =
    "Inter-|   Receive  |  Transmit\n face |bytes    packets\n    lo:  7 0 0 0 0 0 0 0  8 0 0 0 0 0 0 0\n";
  fc.assert(fc.property(rows, (rows) => {
    const lines = Object.entries(rows).map(([name, [rx, tx]]) =>
      `  ${name}: ${rx} 1 0 0 0 0 0 0 ${tx} 2 0 0 0 0 0 0\n`
    );
    const found = interfacesOf(head + lines.join(""));
    const expected = Object.entries(rows).map((
      [name, [rx_bytes, tx_bytes]],
    ) => [name, { rx_bytes, tx_bytes }]);
    assertEquals([...found ?? []], expected);
  }));
  assertEquals(interfacesOf("")?.size, undefined);
});

Deno.test("reads the start of a process regardless of its name", () => {
  assertEquals(startTicks(stat("sleep", 4711)), 4711);
  assertEquals(startTicks(stat("x) R 1 1\n", 4711)), 4711);
  assertEquals(startTicks(stat(") R 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21", 4711)), 4711);
  fc.assert(fc.property(fc.string({ unit: "binary", maxLength: 15 }), count, (name, ticks) => {
    assertEquals(startTicks(stat(name, ticks)), ticks);
  }));
  assertEquals(startTicks("42 (sleep) S 1"), undefined);
});

Deno.test("reads the number of files that may be open", () => {
  const limits = (soft: string) =>
    `Limit  Soft Limit  Hard Limit  Units\nMax open files            ${soft}   9 files \n`;
  assertEquals(openFileLimit(limits("1024")), 1024);
  assertEquals(openFileLimit(limits("unlimited")), Infinity);
  assertEquals(openFileLimit("Max processes  5  5 processes\n"), undefined);
});

Deno.test("sees a process without capabilities", () => {
  const status = (permitted: string, effective: string) =>
    `Name:\tdeno\nCapInh:\t0000000000000000\nCapPrm:\t${permitted}\nCapEff:\t${effective}\nCapBnd:\t00000000a80425fb\n`;
  const none = "0".repeat(16);
  assert(hasNoCapabilities(status(none, none)));
  for (const some of ["00000000a80425fb", "0000000000000001"]) {
    assert(!hasNoCapabilities(status(some, none)) && !hasNoCapabilities(status(none, some)));
  }
  assert(!hasNoCapabilities(""));
});

Deno.test("no text makes a parser throw or return a wrong number", () => {
  const text = fc.string({
    unit: fc.constantFrom(..."cpu 0123456789:=\n\t)(-.eEx", "max", "Read", "rbytes=", "Inter-|"),
  });
  fc.assert(
    fc.property(text, (text) => {
      const { read, write } = diskBytesV2(text);
      const old = diskBytesV1(text);
      const single = [wholeNumber(text), valueOf(text, "cpu"), systemCpuNs(text), startTicks(text)];
      const bytes = [...interfacesOf(text)?.values() ?? []].flatMap((
        { rx_bytes, tx_bytes },
      ) => [rx_bytes, tx_bytes]);
      for (const number of [read, write, old.read, old.write, ...single, ...bytes]) {
        assert(number === undefined || number >= 0, `${number}`);
      }
    }),
    { numRuns: 2000 },
  );
});
