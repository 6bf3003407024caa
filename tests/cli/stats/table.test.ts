import { renderTable } from "../../../server/cli/stats/table.ts";
import { assert, assertEquals, assertMatch, assertStringIncludes } from "../../assert.ts";
import { message } from "./message.ts";

Deno.test("the table has the columns of docker stats", () => {
  const [head, row] = renderTable([message("web")], Infinity);
  assertEquals(head?.split(/\s{2,}/), [
    "NAME",
    "HOST",
    "STATUS",
    "CPU %",
    "MEM USAGE / LIMIT",
    "MEM %",
    "NET I/O",
    "BLOCK I/O",
    "PIDS",
  ]);
  assertEquals(row?.split(/\s{2,}/), [
    "web",
    "Localhost",
    "Up 2 hours",
    "12.35%",
    "256 MiB / 1 GiB",
    "25.00%",
    "2 KiB / 0 B",
    "n/a",
    "3",
  ]);
});

Deno.test("omits the memory share without a limit, and all numbers of a stopped container", () => {
  const [, unlimited] = renderTable([message("web", { memoryLimitBytes: null, memoryUsage: 0 })], Infinity);
  assertStringIncludes(unlimited!, "256 MiB / n/a");
  assert(!unlimited!.includes("0.00%"));
  const [, exited] = renderTable([message("job", { state: "exited", timestamp: null })], Infinity);
  assert(!/\d%/.test(exited!));
});

Deno.test("marks a silent host and cuts lines to the width of the terminal", () => {
  const rows = renderTable([message("web", { stale: true })], 60);
  assertStringIncludes(rows[1]!, "no answer");
  assert(rows.every((row) => row.length <= 60));
});

const LONG = "a-project-with-a-very-long-name-that-is-never-shortened-production-worker-12";

for (const width of [80, 100]) {
  Deno.test(`${width} columns show CPU and memory, regardless of the length of name and status`, () => {
    const rows = renderTable([
      message(LONG, { status: "Up 2 hours (unhealthy)", cpuUsage: 1599.99, memoryUsage: 99.9 }),
      message("web"),
    ], width);
    assert(rows.every((row) => row.length <= width), rows.join("\n"));
    assertMatch(rows[0]!, /^NAME +STATUS +CPU % +MEM USAGE \/ LIMIT +MEM %/);
    assertMatch(rows[1]!, /^a-proj\S+…\S+-12 +Up 2 hours\S* /);
    assertMatch(rows[1]!, /1599\.99% +256 MiB \/ 1 GiB +99\.90%/);
    assertMatch(rows[2]!, /^web +Up 2 hours +12\.35% +256 MiB \/ 1 GiB +25\.00%/);
  });
}

Deno.test("shows the host on a terminal only with several hosts, and shortens nothing in a pipe", () => {
  const several = [message("web"), message("db", { hostId: "nas" })];
  assert(!renderTable([message("web")], 200)[0]!.includes("HOST"));
  assertMatch(renderTable(several, 80)[0]!, /^NAME +HOST +STATUS +CPU % +MEM USAGE \/ LIMIT +MEM %/);
  assertStringIncludes(renderTable([message(LONG)], Infinity)[1]!, LONG);
});

Deno.test("the status column is the last to be omitted", () => {
  const titles = (width: number) => renderTable([message("web")], width)[0]!.split(/\s{2,}/);
  assertEquals(titles(75), ["NAME", "STATUS", "CPU %", "MEM USAGE / LIMIT", "MEM %", "NET I/O", "PIDS"]);
  assertEquals(titles(60), ["NAME", "STATUS", "CPU %", "MEM USAGE / LIMIT", "MEM %", "PIDS"]);
  assertEquals(titles(45), ["NAME", "CPU %", "MEM USAGE / LIMIT", "MEM %"]);
});

Deno.test("control characters in a container name are removed from the table", () => {
  const table = renderTable([message("a\x1b]0;x\x07\x1b[2Jb", { status: "Up\n2" })], 200).join("\n");
  // deno-lint-ignore no-control-regex -- the characters that must be missing
  assertEquals(/[\x00-\x09\x0b-\x1f\x7f-\x9f]/.test(table), false);
  assertEquals(table.split("\n").length, 2);
});

Deno.test("numbers that cannot be read are dashes, as in docker stats", () => {
  const unread = {
    cpuUsage: null,
    memoryUsage: null,
    memoryBytes: null,
    pids: null,
    timestamp: null,
    stale: true,
  };
  const [, row] = renderTable([message("web", unread)], Infinity);
  assertEquals(row!.includes("null") || row!.includes("NaN"), false);
  assertStringIncludes(row!, "--");
});

Deno.test("colors mark a state, a busy container and little free memory, and leave the words unchanged", () => {
  const busy = message("web", { cpuUsage: 195, memoryUsage: 75, status: "Up 2 hours (unhealthy)" });
  const [head, row] = renderTable([busy], 200, { colors: true });
  assertEquals(head, renderTable([busy], 200)[0]);
  for (const colored of ["\x1b[31mUp 2 hours (unhealthy)", "\x1b[31m195.00%", "\x1b[33m75.00%"]) {
    assertStringIncludes(row!.replaceAll(/m +/g, "m"), colored);
  }
  // deno-lint-ignore no-control-regex -- matches colors
  assertEquals(row!.replaceAll(/\x1b\[\d+m/g, ""), renderTable([busy], 200)[1]);
});

Deno.test("the CPU is colored by the cores that the container may use", () => {
  const cell = (cpuLimit: number | null) => {
    const busy = message("web", { cpuUsage: 48, onlineCpus: 8, cpuLimit });
    return renderTable([busy], 200, { colors: true })[1]!.replaceAll(/m +/g, "m");
  };
  assertStringIncludes(cell(0.5), "\x1b[31m48.00%");
  assertEquals(cell(null).includes("\x1b[31m"), false);
});
