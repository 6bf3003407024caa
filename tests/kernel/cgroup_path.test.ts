import fc from "fast-check";
import { cgroupPaths, placesOf } from "../../server/kernel/cgroup_path.ts";
import { assertEquals } from "../assert.ts";
import { idOf } from "../fakes/container.ts";

const ID = idOf("web");
const VICTIM = idOf("victim");

/** Returns the path of a container on a machine with cgroup version 2. */
function pathOf(line: string, id = ID, own = ""): string | undefined {
  const found = cgroupPaths(`0::${line}\n`, id, own);
  return found?.version === 2 ? found.path : undefined;
}

Deno.test("finds the cgroup of both drivers, below any parent", () => {
  for (
    const path of [
      `/docker/${ID}`,
      `/system.slice/docker-${ID}.scope`,
      `/my/parent/${ID}`,
      `/user.slice/user-1000.slice/user@1000.service/user.slice/docker-${ID}.scope`,
      `/machine.slice/libpod-${ID}.scope`,
    ]
  ) assertEquals(pathOf(path), path);
});

Deno.test("cuts the path after the container when its process is in a cgroup below", () => {
  assertEquals(pathOf(`/docker/${ID}/init.scope`), `/docker/${ID}`);
  assertEquals(pathOf(`/docker/${ID}/${ID}`), `/docker/${ID}`);
});

Deno.test("refuses a process that is not in the container", () => {
  for (const path of ["/", "/docker", `/docker/${VICTIM}`, `/docker/${ID.slice(0, 63)}`, `/docker/x${ID}`]) {
    assertEquals(pathOf(path), undefined);
  }
});

Deno.test("refuses a cgroup that a container has named after another one", () => {
  assertEquals(pathOf(`/docker/${ID}/docker-${VICTIM}.scope`, VICTIM), undefined);
  assertEquals(pathOf(`/docker/${ID}/${VICTIM}`, VICTIM), undefined);
});

Deno.test("finds a container of an engine that runs in the container of the reader", () => {
  assertEquals(
    pathOf(`/docker/${VICTIM}/docker/${ID}`, ID, `0::/docker/${VICTIM}\n`),
    `/docker/${VICTIM}/docker/${ID}`,
  );
});

Deno.test("reads each controller of version 1, also those that are mounted together", () => {
  const text = [
    `12:name=systemd:/docker/${ID}`,
    `4:memory:/docker/${ID}`,
    `3:cpu,cpuacct:/docker/${ID}/below`,
    `2:blkio:/elsewhere`,
    `0::/docker/${ID}`,
  ].join("\n");
  const path = `/docker/${ID}`;
  assertEquals(cgroupPaths(text, ID), { version: 1, paths: { memory: path, cpu: path, cpuacct: path } });
});

Deno.test("a hybrid machine is not read as version 2 when the old hierarchy has another process", () => {
  assertEquals(cgroupPaths(`3:cpu,cpuacct:/docker/${VICTIM}\n0::/docker/${ID}\n`, ID), undefined);
});

Deno.test("a machine with only the systemd hierarchy of version 1 is read as version 2", () => {
  const text = `1:name=systemd:/docker/${ID}\n0::/docker/${ID}\n`;
  assertEquals(cgroupPaths(text, ID), { version: 2, path: `/docker/${ID}` });
});

Deno.test("tries the places of both drivers for a path from inside a cgroup namespace", () => {
  assertEquals(pathOf(`/../${ID}`), `/../${ID}`);
  assertEquals(placesOf(`/../${ID}`), [`/docker/${ID}`, `/system.slice/${ID}`, `/${ID}`]);
  assertEquals(placesOf(`/docker/${ID}`), [`/docker/${ID}`]);
});

Deno.test("no path leaves the mount", () => {
  const part = fc.constantFrom("..", ".", "", "docker", ID, VICTIM, `docker-${ID}.scope`, "a b");
  fc.assert(fc.property(fc.array(part, { maxLength: 6 }), (parts) => {
    const path = pathOf(`/${parts.join("/")}`);
    for (const place of path === undefined ? [] : placesOf(path)) {
      assertEquals(place.split("/").some((one) => one === ".." || one === "."), false, place);
      assertEquals(place.includes(ID) && !place.includes(VICTIM), true, place);
    }
  }));
});
