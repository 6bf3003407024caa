import { assertEquals } from "../assert.ts";
import { openNight, TEXT } from "./automatic/scene.ts";
import { ManagedServices, returnable } from "../../server/updates/managed_services.ts";
import type { ServiceUpdate } from "../../server/store/images/service_updates.ts";

Deno.test("finds the policy of a service by host, project and service", async () => {
  await using night = await openNight({ window: undefined });
  const find = await new ManagedServices(night.opened).read();
  assertEquals(find("Localhost", "shop", "web")?.policy, "nightly");
  assertEquals([find("nas", "shop", "web"), find("Localhost", "shop", "db"), find("Localhost", null, null)], [
    undefined,
    undefined,
    undefined,
  ]);
});

Deno.test("a changed text has other policies", async () => {
  await using night = await openNight({ window: undefined });
  const managed = new ManagedServices(night.opened);
  await managed.read();
  const { services } = night.opened.store.get(night.stackId)!;
  await night.opened.store.change(night.stackId, { compose: TEXT.replace("nightly", "ignore") }, services);
  assertEquals((await managed.read())("Localhost", "shop", "web")?.policy, "ignore");
});

Deno.test("a text that is not YAML has no automatic updates", async () => {
  await using night = await openNight({ window: undefined, text: `${TEXT}  broken: [` });
  const find = await new ManagedServices(night.opened).read();
  assertEquals(find("Localhost", "shop", "web")?.policy, "notify");
});

const update = (state: ServiceUpdate["state"], image = "nginx:1") => ({ state, image }) as ServiceUpdate;

Deno.test("a service can return from its newest update only while it uses the same image", () => {
  const isReturnable = (newest: ServiceUpdate | undefined, image = "nginx:1") =>
    returnable({ image, updates: newest === undefined ? [] : [newest] }) !== undefined;
  assertEquals([isReturnable(update("done")), isReturnable(update("kept"))], [true, true]);
  assertEquals([isReturnable(update("returned")), isReturnable(undefined)], [false, false]);
  assertEquals(isReturnable(update("done"), "nginx:2"), false);
});
