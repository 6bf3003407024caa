import { arrange, type Arrangement, coresOf } from "../../../../src/features/containers/model/arrange.ts";
import { COLUMNS } from "../../../../src/features/containers/model/columns.ts";
import { ContainerRow } from "../../../../src/features/containers/model/container_row.ts";
import type { DetailedStatsMessage } from "../../../../../../server/protocol/stats.ts";
import { assertEquals } from "../../../../../../tests/assert.ts";
import { message } from "../../../fakes/messages.ts";

const PLAIN: Arrangement = {
  search: "",
  state: "all",
  host: null,
  grouped: false,
  sortBy: COLUMNS.name.sortBy,
  descending: false,
  folded: new Set(),
  now: 0,
};

function rows(...changes: Partial<DetailedStatsMessage>[]): ContainerRow[] {
  return changes.map((change, index) =>
    new ContainerRow(message({ id: `${index}`.padEnd(64, "a"), ...change }))
  );
}

/** The lines as texts: names, and projects in brackets. */
function shown(all: readonly ContainerRow[], changes: Partial<Arrangement> = {}): string[] {
  return arrange(all, { ...PLAIN, ...changes }).map((item) =>
    item.kind === "group" ? `[${item.project ?? "none"}]` : item.row.newest.name
  );
}

Deno.test("sorts numbers in names by value", () => {
  assertEquals(shown(rows({ name: "web-10" }, { name: "web-9" })), ["web-9", "web-10"]);
});

Deno.test("sorts numbers by size, and unknown values last in both directions", () => {
  const all = rows({ name: "a", cpuUsage: 5 }, { name: "b", state: "exited" }, { name: "c", cpuUsage: 50 });
  const sortBy = COLUMNS.cpu.sortBy;
  assertEquals(shown(all, { sortBy, descending: true }), ["c", "a", "b"]);
  assertEquals(shown(all, { sortBy }), ["a", "c", "b"]);
});

Deno.test("sorts equal rows by name", () => {
  const all = rows({ name: "b", cpuUsage: 0 }, { name: "a", cpuUsage: 0 });
  assertEquals(shown(all, { sortBy: COLUMNS.cpu.sortBy, descending: true }), ["a", "b"]);
});

Deno.test("a search matches names, images, projects, services and id prefixes", () => {
  const all = rows({ name: "one", image: "postgres:18" }, { name: "two", project: "shop" }, {
    name: "three",
  });
  assertEquals(shown(all, { search: " POSTGRES " }), ["one"]);
  assertEquals(shown(all, { search: "shop" }), ["two"]);
  assertEquals(shown(all, { search: "2aaa" }), ["three"]);
});

Deno.test("each term of a search may match a different property", () => {
  const all = rows({ name: "web", state: "exited" }, { name: "web-2" }, { name: "db", state: "exited" });
  assertEquals(shown(all, { search: "exited web" }), ["web"]);
});

Deno.test("unhealthy, dead, restarting and failed containers need attention", () => {
  const all = rows(
    { name: "a" },
    { name: "b", health: "unhealthy" },
    { name: "c", state: "restarting" },
    { name: "d", state: "exited", status: "Exited (3) 2 minutes ago" },
    { name: "e", state: "exited", status: "Exited (0) 2 minutes ago" },
  );
  assertEquals(shown(all, { state: "unhealthy" }), ["b", "c", "d"]);
});

Deno.test("sorts groups by project name, with other containers last", () => {
  const of = (project: string | null) => ["a", "b"].map((name) => ({ name, project }));
  const all = rows(...of(null), ...of("shop"), ...of("blog"));
  const groups = shown(all, { grouped: true });
  assertEquals(groups, ["[blog]", "a", "b", "[shop]", "a", "b", "[none]", "a", "b"]);
});

Deno.test("projects with the same name on two hosts are separate groups", () => {
  const of = (hostId: string) => ["a", "b"].map((name) => ({ name, hostId, project: "shop" }));
  const all = rows(...of("Localhost"), ...of("nas"));
  assertEquals(shown(all, { grouped: true }).filter((line) => line.startsWith("[")).length, 2);
});

Deno.test("a collapsed group shows only its heading", () => {
  const all = rows({ name: "a", project: "shop" }, { name: "b", project: "shop" });
  assertEquals(shown(all, { grouped: true, folded: new Set(["shop\nLocalhost"]) }), ["[shop]"]);
});

Deno.test("the only container of a project has no heading", () => {
  const all = rows({ name: "a", project: "shop" }, { name: "lone" });
  assertEquals(shown(all, { grouped: true, folded: new Set(["shop\nLocalhost"]) }), ["a", "lone"]);
});

Deno.test("100 % means one core or all cores of the host", () => {
  const [row] = rows({ onlineCpus: 8 });
  assertEquals([coresOf(row!.newest, "core", undefined), coresOf(row!.newest, "host", undefined)], [1, 8]);
});

Deno.test("every container is either running or stopped; a paused one runs, a created one does not", () => {
  const all = rows(
    { name: "a" },
    { name: "b", state: "paused" },
    { name: "c", state: "restarting" },
    { name: "d", state: "created" },
    { name: "e", state: "exited" },
    { name: "f", state: "dead" },
  );
  assertEquals(shown(all, { state: "running" }), ["a", "b", "c"]);
  assertEquals(shown(all, { state: "stopped" }), ["d", "e", "f"]);
});

Deno.test("a container that was stopped needs no attention", () => {
  const all = rows(
    { name: "int", state: "exited", status: "Exited (130) 2 minutes ago" },
    { name: "kill", state: "exited", status: "Exited (137) 2 minutes ago" },
    { name: "term", state: "exited", status: "Exited (143) 2 minutes ago" },
    { name: "crash", state: "exited", status: "Exited (139) 2 minutes ago" },
  );
  assertEquals(shown(all, { state: "unhealthy" }), ["crash"]);
});

Deno.test("status is sorted by its time, running containers first and unknown times last", () => {
  const all = rows(
    { name: "minute", status: "Up About a minute" },
    { name: "seconds", status: "Up 42 seconds (healthy)" },
    { name: "ended", state: "exited", status: "Exited (0) 5 seconds ago" },
    { name: "created", state: "created", status: "Created" },
    { name: "hours", status: "Up 2 hours" },
  );
  const sortBy = COLUMNS.status.sortBy;
  assertEquals(shown(all, { sortBy }), ["seconds", "minute", "hours", "ended", "created"]);
});
