import { findClashes } from "../../../server/stacks/validate/clashes.ts";
import type { Resolved } from "../../../server/stacks/validate/resolve.ts";
import { assertEquals } from "../../assert.ts";
import { fakeContainer } from "../../fakes/engine.ts";
import { storedService } from "../../fakes/service.ts";

function resolved(config: Resolved["config"], services: Resolved["services"] = []): Resolved {
  return { written: {}, services, config, volumes: {}, networks: {}, notes: [], every: [], parts: new Map() };
}

Deno.test("a port that two services publish is a clash at the second", () => {
  const port = { published: "8080", target: 80 };
  const [clash, ...others] = findClashes(
    resolved({ a: { ports: [port] }, b: { ports: [{}, port] } }),
    "shop",
    [],
  );
  assertEquals([clash?.keys, others], [["services", "b", "ports"], []]);
  assertEquals(clash?.message, 'port 8080/tcp is published twice: service "a" publishes it too');
});

Deno.test("a port that two services publish on different addresses is not a clash", () => {
  const port = (host_ip: string) => ({ published: "8080", host_ip });
  const config = { a: { ports: [port("127.0.0.1")] }, b: { ports: [port("127.0.0.2")] } };
  assertEquals(findClashes(resolved(config), "shop", []), []);
});

Deno.test("a container name that another project's container has is a clash", () => {
  const services = [storedService("web", { containerName: "proxy" })];
  const holder = fakeContainer("proxy", { project: "infra" });
  const [clash] = findClashes(resolved({}, services), "shop", [holder]);
  assertEquals(clash, {
    keys: ["services", "web", "container_name"],
    message: 'the name "proxy" is taken by a container of project "infra"',
  });
});

Deno.test("a container name that the project's own container has is not a clash", () => {
  const services = [storedService("web", { containerName: "proxy" })];
  assertEquals(
    findClashes(resolved({}, services), "shop", [fakeContainer("proxy", { project: "shop" })]),
    [],
  );
});

Deno.test("the containers of a nameless draft belong to others", () => {
  const services = [storedService("web", { containerName: "proxy" })];
  const [clash] = findClashes(resolved({}, services), undefined, [fakeContainer("proxy")]);
  assertEquals(clash?.message, 'the name "proxy" is taken by another container');
});

Deno.test("a port and a container name of a service with several containers are clashes", () => {
  const ports = [{ published: "8080", target: 80 }];
  const services = [storedService("web", { wanted: 2, containerName: "proxy" })];
  assertEquals(findClashes(resolved({ web: { ports } }, services), "shop", []), [
    {
      keys: ["services", "web", "ports"],
      message: "port 8080/tcp can be published by one of its 2 containers only",
    },
    {
      keys: ["services", "web", "container_name"],
      message: 'the name "proxy" can be that of one of its 2 containers only',
    },
  ]);
});

Deno.test("a port that the engine chooses is not a clash of several containers", () => {
  const services = [storedService("web", { wanted: 2 })];
  assertEquals(findClashes(resolved({ web: { ports: [{ target: 80 }] } }, services), "shop", []), []);
});
