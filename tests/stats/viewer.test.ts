import type { Container } from "../../server/docker/container.ts";
import { ContainerUpdate, HostUpdate, type Update } from "../../server/stats/update.ts";
import { ContainerNames, type Filter, matches, Viewer } from "../../server/stats/viewer.ts";
import { assertEquals } from "../assert.ts";
import { fakeContainer, idOf } from "../fakes/engine.ts";

/** Creates an update of a container; a regular sample unless it is marked as changed. */
function update(name: string, changes: Partial<Container> = {}, changed = false, hostId = "nas") {
  const container = fakeContainer(name, changes);
  return new ContainerUpdate({ hostId, container, status: "", sample: undefined, stale: false, changed });
}

/** Lists what a viewer is sent of a batch: states of containers and errors of hosts. */
function sent(viewer: Viewer, batch: readonly Update[], now = 0): (string | null)[] {
  return viewer.select(batch, now).map((update) =>
    update instanceof HostUpdate
      ? update.error
      : `${update.facts.container.name} ${update.facts.container.state}`
  );
}

/** Criteria with names as a list. */
type Criteria = Partial<Omit<Filter, "containers">> & { readonly containers?: readonly string[] };

const filterOf = ({ containers = [], ...criteria }: Criteria): Filter => ({
  ...criteria,
  containers: new ContainerNames(containers),
});
const viewerOf = (criteria: Criteria, intervalMs = 1000) => new Viewer(filterOf(criteria), intervalMs);

const WEB = fakeContainer("web");
for (
  const [what, filter, expected] of [
    ["no criterion", {}, true],
    ["its host", { hosts: new Set(["nas", "pi"]) }, true],
    ["another host", { hosts: new Set(["pi"]) }, false],
    ["no host", { hosts: new Set<string>() }, false],
    ["its state", { state: "running" }, true],
    ["another state", { state: "exited" }, false],
    ["its name", { containers: ["db", "web"] }, true],
    ["a part of its name", { containers: ["we"] }, false],
    ["its name in capitals", { containers: ["WEB"] }, false],
    ["the beginning of its id", { containers: [idOf("web").slice(0, 4)] }, true],
    ["its whole id", { containers: [idOf("web")] }, true],
    ["more than its id", { containers: [`${idOf("web")}0`] }, false],
    ["the end of its id", { containers: [idOf("web").slice(2, 6)] }, false],
    [
      "a hundred names and beginnings of ids, its own among them",
      { containers: [...Array.from({ length: 99 }, (_, n) => `c${n}`), idOf("web").slice(0, 9)] },
      true,
    ],
    ["a hundred other names", { containers: Array.from({ length: 100 }, (_, n) => `web${n}`) }, false],
    ["its name and another state", { containers: ["web"], state: "paused" }, false],
  ] as const
) {
  Deno.test(`a filter for ${what} ${expected ? "matches" : "does not match"} a container`, () => {
    assertEquals(matches(filterOf(filter), "nas", WEB), expected);
  });
}

Deno.test("a container that leaves the filter gets one final update", () => {
  const viewer = viewerOf({ state: "running" });
  assertEquals(sent(viewer, [update("web")]), ["web running"]);
  assertEquals(sent(viewer, [update("web", { state: "exited" })]), ["web exited"]);
  assertEquals(sent(viewer, [update("web", { state: "exited" })]), []);
});

Deno.test("a container that is renamed out of the filter gets one final update", () => {
  const viewer = viewerOf({ containers: ["web"] });
  sent(viewer, [update("web")]);
  const renamed = update("web", { name: "old" });
  assertEquals([sent(viewer, [renamed]), sent(viewer, [renamed])], [["old running"], []]);
});

Deno.test("the removal of a container that was never sent does not reach a filtered viewer", () => {
  assertEquals(sent(viewerOf({ state: "running" }), [update("web", { state: "removed" })]), []);
});

Deno.test("the removal of a container reaches a viewer that filters by its name once", () => {
  const viewer = viewerOf({ state: "running", containers: ["web"] });
  sent(viewer, [update("web")]);
  const removal = update("web", { state: "removed" });
  assertEquals([sent(viewer, [removal]), sent(viewer, [removal])], [["web removed"], []]);
});

Deno.test("containers of two hosts with one id leave the filter separately", () => {
  const viewer = viewerOf({ state: "running" });
  sent(viewer, [update("web"), update("web", {}, false, "pi")]);
  assertEquals(sent(viewer, [update("web", { state: "exited" })]), ["web exited"]);
  assertEquals(sent(viewer, [update("web", { state: "exited" }, false, "pi")]), ["web exited"]);
});

Deno.test("a host that can be read again is reported only after its error", () => {
  const viewer = viewerOf({});
  const [down, up] = [new HostUpdate("nas", "timeout"), new HostUpdate("nas", null)];
  assertEquals([up, down, up, up].map((notice) => sent(viewer, [notice])), [[], ["timeout"], [null], []]);
});

Deno.test("the errors of hosts outside the filter are not sent", () => {
  const viewer = viewerOf({ hosts: new Set(["pi"]) });
  assertEquals(sent(viewer, [new HostUpdate("nas", "timeout"), new HostUpdate("pi", "refused")]), [
    "refused",
  ]);
});

Deno.test("samples wait for the interval, and only the newest of each container is sent", () => {
  const viewer = viewerOf({}, 5000);
  assertEquals(sent(viewer, [update("web")], 10_000), ["web running"]);
  assertEquals(sent(viewer, [update("web"), update("db")], 11_000), []);
  assertEquals(sent(viewer, [update("web", { state: "paused" })], 12_000), []);
  assertEquals(sent(viewer, [], 15_000), ["web paused", "db running"]);
  assertEquals(sent(viewer, [], 20_000), []);
});

Deno.test("viewers with a long interval share a batch that is due, and the text that is cached for it", () => {
  const batch = [update("web"), update("db")];
  const viewers = [viewerOf({}, 5000), viewerOf({}, 5000)];
  assertEquals(viewers.map((viewer) => viewer.select(batch, 10_000) === batch), [true, true]);
});

Deno.test("viewers that hold the same samples back share the batch that they send", () => {
  const viewers = [viewerOf({}, 5000), viewerOf({}, 5000)];
  const batches = [[update("web"), update("db")], [update("web")], [
    update("web", { state: "paused" }, true),
  ]];
  const sent = [10_000, 11_000, 15_000].map((now, index) =>
    viewers.map((viewer) => viewer.select(batches[index]!, now))
  );
  assertEquals(sent.map(([one, other]) => one === other), [true, true, true]);
  assertEquals(sent.map(([one]) => one!.length), [2, 0, 1]);
});

Deno.test("a change does not wait, and replaces the sample that waits", () => {
  const viewer = viewerOf({}, 5000);
  sent(viewer, [], 10_000);
  assertEquals(sent(viewer, [update("web"), update("db")], 11_000), []);
  assertEquals(sent(viewer, [update("web", { state: "exited" }, true)], 12_000), ["web exited"]);
  assertEquals(sent(viewer, [], 15_000), ["db running"]);
});

Deno.test("the error of a host does not wait", () => {
  const viewer = viewerOf({}, 60_000);
  sent(viewer, [], 100_000);
  assertEquals(sent(viewer, [update("web"), new HostUpdate("nas", "timeout")], 101_000), ["timeout"]);
});
