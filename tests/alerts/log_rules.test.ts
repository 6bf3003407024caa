/** Rules about output, from the lines of an engine to alerts. */
import type { RuleDraft } from "../../server/protocol/alerts/rule.ts";
import type { Alert } from "../../server/protocol/alerts/alert.ts";
import { assertEquals, eventually } from "../assert.ts";
import { fakeContainer, FakeEngine, idOf } from "../fakes/engine.ts";
import { type ServedStacks, serveStacks } from "../stacks/client.ts";

/** Serves containers with a rule about their output, once all of them but DockStat's own are followed. */
async function serveRule(rule: object, ...names: readonly string[]): Promise<ServedStacks> {
  const engine = new FakeEngine(...names.map((name) => fakeContainer(name)));
  const rules = [{ id: "log", name: "Log", when: { kind: "log", ...rule } } as RuleDraft];
  const hostname = idOf("dockstat").slice(0, 12);
  const it = await serveStacks({ engine, changes: { hostname, alerts: { rules, channels: [] } } });
  const others = names.filter((name) => name !== "dockstat");
  await eventually("the followers", () => engine.calls.followed >= others.length);
  return it;
}

function write({ engine }: ServedStacks, ...messages: readonly string[]): void {
  const timestamp = new Date().toISOString();
  engine.written.push(...messages.map((message) => ({ timestamp, message, stream: "stdout" as const })));
}

/** Waits for alerts that match. */
function alertsOf(it: ServedStacks, what: string, matches: (alerts: readonly Alert[]) => boolean) {
  return eventually(what, async () => {
    const { alerts }: { alerts: Alert[] } = (await it.call("GET", "/alerts")).body;
    return matches(alerts) ? alerts : undefined;
  });
}

Deno.test("the output of DockStat's own container matches no rule", async () => {
  await using it = await serveRule({ pattern: "boom" }, "dockstat", "web");
  write(it, "boom");
  const alerts = await alertsOf(it, "the alert", ({ length }) => length > 0);
  assertEquals(alerts.map(({ name }) => name), ["web"]);
  assertEquals(it.engine.calls.followed, 1);
});

Deno.test("10,000 matching lines cause one alert with their number", async () => {
  await using it = await serveRule({ pattern: "boom" }, "web");
  write(it, ...Array.from({ length: 10_000 }, (_, index) => `boom ${index}`));
  const [alert, ...others] = await alertsOf(it, "all matches", ([first]) => first?.count === 10_000);
  assertEquals([alert?.line, others], ["boom 0", []]);
});

Deno.test("a line of 1 MB of blanks does not hold up a rule about blanks", async () => {
  await using it = await serveRule({ pattern: "\\s+end$" }, "web");
  write(it, `${" ".repeat(1_000_000)}x`, "the end");
  const [alert] = await alertsOf(it, "the alert", ({ length }) => length > 0);
  assertEquals(alert?.line, "the end");
});

Deno.test("lines that match too rarely fire nothing, and enough of them one alert", async () => {
  await using it = await serveRule({ pattern: "boom", count: 3, within: "1m" }, "web");
  write(it, "boom 1", "fine", "boom 2");
  write(it, "boom 3");
  const alerts = await alertsOf(it, "the alert", ({ length }) => length > 0);
  assertEquals(alerts.map(({ line, count }) => [line, count]), [["boom 1", 3]]);
});
