import { servicePartsOf } from "../../../server/stacks/validate/service_parts.ts";
import { assert, assertEquals } from "../../assert.ts";

/** Returns the parts of the service "web" in a project. */
function parts(service: Record<string, unknown>, more: Record<string, unknown> = {}, folder = "/stack") {
  return servicePartsOf({ services: { web: service }, ...more }, folder).get("web")!;
}

Deno.test("each key is a part, and each variable and label one", () => {
  const found = parts({ image: "a:1", environment: { A: "1", B: null }, labels: { c: "d" }, command: null });
  assertEquals(Object.keys(found), ["image", "environment.A", "environment.B", "labels.c"]);
});

Deno.test("a part has the same digest in another folder, and another one for another value", () => {
  const bind = (folder: string, name: string) =>
    parts({ volumes: [{ type: "bind", source: `${folder}/${name}`, target: "/d" }] }, {}, folder)["volumes"];
  assertEquals(bind("/draft/1", "data"), bind("/stacks/7", "data"));
  assert(bind("/stacks/7", "data") !== bind("/stacks/7", "other"));
});

Deno.test("keys that change no container are left out", () => {
  const ignored = { build: {}, scale: 3, profiles: ["a"], pull_policy: "always", deploy: { replicas: 3 } };
  assertEquals(parts({ ...ignored, env_file: ["a"], label_file: ["b"] }), {});
});

Deno.test("deploy counts without its number of containers", () => {
  const one = parts({ deploy: { replicas: 1, resources: {} } });
  assertEquals(one, parts({ deploy: { replicas: 2, resources: {} } }));
  assertEquals(Object.keys(one), ["deploy"]);
});

Deno.test("the definitions of the networks and volumes that a service uses are parts", () => {
  const service = { networks: { a: null }, volumes: [{ type: "volume", source: "d", target: "/d" }] };
  const of = (label: string, volume: string) =>
    parts(service, {
      networks: { a: { labels: { x: label } }, b: { labels: { x: label } } },
      volumes: { d: { driver: volume } },
    });
  const before = of("1", "local");
  assertEquals(Object.keys(before), ["networks", "volumes", "networks:", "volumes:"]);
  const changed = (other: Record<string, string>) =>
    Object.keys(before).filter((name) => other[name] !== before[name]);
  assertEquals([changed(of("2", "local")), changed(of("1", "nfs"))], [["networks:"], ["volumes:"]]);
});
