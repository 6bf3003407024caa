import { chosenPath, fileNameOf, targetOfPath } from "../../../src/features/output/target_path.ts";
import { isMerged, targetOptions } from "../../../src/features/output/output_target.ts";
import { assertEquals } from "../../../../../tests/assert.ts";

const A = "a".repeat(64);
const B = "b".repeat(64);
const KNOWN = [
  { id: A, hostId: "nas", name: "web", project: null, state: "running" },
  { id: B, hostId: "nas", name: "db", project: null, state: "exited" },
] as const;

Deno.test("a path names a project, on all hosts or on one", () => {
  assertEquals(targetOfPath(["project", "shop"], undefined), { containers: [], project: "shop" });
  assertEquals(targetOfPath(["project", "shop", "nas"], undefined), {
    containers: [],
    project: "shop",
    hostId: "nas",
  });
});

Deno.test("a path names containers by host and id", () => {
  assertEquals(targetOfPath(["containers", "nas", A, "attic", B], undefined), {
    containers: [{ hostId: "nas", containerId: A }, { hostId: "attic", containerId: B }],
  });
});

Deno.test("a path names all running containers, once they are known", () => {
  assertEquals(targetOfPath(["all"], undefined), undefined);
  assertEquals(targetOfPath(["all"], KNOWN), { containers: [{ hostId: "nas", containerId: A }] });
});

for (const path of [[], ["project"], ["containers"], ["containers", "nas"], ["__proto__", "x"]]) {
  Deno.test(`the path ${JSON.stringify(path)} names no log`, () => {
    assertEquals(targetOfPath(path, KNOWN), undefined);
  });
}

Deno.test("a log has at most as many containers as the server allows", () => {
  const path = Array.from({ length: 150 }, (_, n) => ["nas", String(n).padStart(64, "0")]).flat();
  assertEquals(targetOfPath(["containers", ...path], undefined)!.containers.length, 100);
});

Deno.test("selects containers of several hosts by their ids only", () => {
  const one = { hostId: "nas", containerId: A };
  assertEquals(targetOptions({ containers: [one] }), [["container", A], ["host", "nas"]]);
  assertEquals(targetOptions({ containers: [one, { hostId: "attic", containerId: B }] }), [
    ["container", A],
    ["container", B],
  ]);
  assertEquals(targetOptions({ containers: [], project: "shop", hostId: "nas" }), [["project", "shop"], [
    "host",
    "nas",
  ]]);
});

Deno.test("a project is merged even with one container", () => {
  assertEquals(isMerged({ containers: [], project: "shop" }), true);
  assertEquals(isMerged({ containers: [{ hostId: "nas", containerId: A }] }), false);
});

Deno.test("names the file of a download after the project", () => {
  assertEquals([fileNameOf(["project", "shop"]), fileNameOf(["all"])], [
    "shop.log.txt",
    "containers.log.txt",
  ]);
});

Deno.test("keys of chosen containers are a path; anything else is left out", () => {
  assertEquals(chosenPath(["nas/abc0", "tcp://x/y/12ef", "evil", "nas/", "nas/a b"]), [
    "containers",
    "nas",
    "abc0",
    "tcp://x/y",
    "12ef",
  ]);
  assertEquals(chosenPath([]), []);
});
