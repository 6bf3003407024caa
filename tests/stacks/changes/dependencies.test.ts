import { withDependencies } from "../../../server/stacks/changes/dependencies.ts";
import type { Change } from "../../../server/stacks/changes/planned_change.ts";
import { assertEquals } from "../../assert.ts";

const change = (action: Change["action"]): Change => ({ action, reasons: [] });

/** Returns the actions of the services "a" and "b" and "c" after their dependencies were followed. */
function actions(
  first: Change["action"],
  config: Record<string, Record<string, unknown>>,
  own = change("unchanged"),
) {
  const changes = new Map([["c", own], ["b", own], ["a", change(first)]]);
  const all = withDependencies(changes, config);
  return ["a", "b", "c"].map((name) => all.get(name)?.action);
}

for (
  const [what, keys] of [
    ["its network", (name: string) => ({ network_mode: `service:${name}` })],
    ["its processes", (name: string) => ({ pid: `service:${name}` })],
    ["its memory", (name: string) => ({ ipc: `service:${name}` })],
    ["its volumes", (name: string) => ({ volumes_from: [`${name}:ro`] })],
  ] as const
) {
  Deno.test(`a service that uses ${what} is recreated with it, also through another one`, () => {
    assertEquals(actions("recreate", { b: keys("a"), c: keys("b") }), ["recreate", "recreate", "recreate"]);
  });
}

Deno.test("a service that uses one of which nothing is known is unknown too", () => {
  assertEquals(actions("unknown", { b: { network_mode: "service:a" } }), ["unknown", "unknown", "unchanged"]);
});

Deno.test("depends_on with restart restarts or recreates a service, and without it does neither", () => {
  const on = (restart: boolean) => ({ b: { depends_on: { a: { condition: "service_started", restart } } } });
  assertEquals(actions("recreate", on(true))[1], "unknown");
  assertEquals(actions("recreate", on(false))[1], "unchanged");
  assertEquals(actions("create", on(true))[1], "unchanged");
});

Deno.test("a container of another project is not a service", () => {
  assertEquals(actions("recreate", { b: { volumes_from: ["container:a"] } })[1], "unchanged");
});

Deno.test("services that use each other end", () => {
  const config = { b: { network_mode: "service:c" }, c: { network_mode: "service:b" } };
  assertEquals(actions("recreate", config), ["recreate", "unchanged", "unchanged"]);
});

Deno.test("a chain of thousands of services is followed to its end", () => {
  const names = Array.from({ length: 5000 }, (_, index) => `s${index}`);
  const config = Object.fromEntries(
    names.slice(1).map((name, index) => [name, { network_mode: `service:s${index}` }]),
  );
  const own = new Map(
    names.toReversed().map((name) => [name, change(name === "s0" ? "recreate" : "unchanged")]),
  );
  const all = [...withDependencies(own, config).values()];
  assertEquals(all.every(({ action }) => action === "recreate"), true);
});
