import { assertEquals, eventually } from "../assert.ts";
import { fakeContainer } from "../fakes/engine.ts";
import { serveStacks } from "../stacks/client.ts";

const SICK = { id: "sick", name: "Sick", when: { kind: "state", state: "unhealthy" } } as const;

Deno.test("a running operation holds back alerts of its stack only", async () => {
  await using it = await serveStacks({ changes: { alerts: { rules: [SICK], channels: [] } } });
  const id = await it.create("shop", { deploy: false });
  const gate = Promise.withResolvers<void>();
  it.compose.work = async () => {
    await gate.promise;
    return { code: 0, error: undefined };
  };
  const { body: operation } = await it.call("POST", `/stacks/${id}/deploy`);
  const sick = { health: "unhealthy" } as const;
  it.engine.put(fakeContainer("shop-web-1", { project: "shop", service: "web", number: 1, ...sick }));
  it.engine.put(fakeContainer("other", sick));
  const alerts = await eventually("an alert", async () => {
    const { body } = await it.call("GET", "/alerts");
    return body.alerts.length > 0 ? body.alerts : undefined;
  });
  assertEquals(alerts.map(({ name }: { name: string }) => name), ["other"]);
  assertEquals((await it.call("GET", `/operations/${operation.operation_id}`)).body.ended_at, null);
  gate.resolve();
});
