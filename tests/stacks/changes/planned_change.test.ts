import { plannedChange, type ServiceComparison } from "../../../server/stacks/changes/planned_change.ts";
import { assertEquals } from "../../assert.ts";

const CONTAINER = { name: "shop-web-1", state: "running", imageId: "sha256:1", configHash: "h" };
const LAST = { parts: { image: "i", "environment.A": "1" }, configHash: "h", contentHash: "" };

/** A service that a deployment does not change, changed as a test needs. */
function service(changes: Partial<ServiceComparison> = {}): ServiceComparison {
  return {
    ...{ wanted: 1, parts: LAST.parts, contentHash: "", isBuilt: false, mayPull: false, imageId: "sha256:1" },
    ...{ containers: [CONTAINER], last: LAST, inspected: [] },
    ...changes,
  };
}

const CASES: readonly (readonly [
  what: string,
  changes: Partial<ServiceComparison>,
  action: string,
  reasons: string[],
])[] = [
  ["nothing has changed", {}, "unchanged", []],
  ["it has no container", { containers: [] }, "create", []],
  ["it has too few containers", { wanted: 3 }, "create", ["1 of 3 containers exist"]],
  ["it has too many containers", { containers: [CONTAINER, CONTAINER] }, "remove", [
    "2 containers exist, and 1 are wanted",
  ]],
  ["no container is wanted", { wanted: 0 }, "remove", ["the compose file asks for no container"]],
  ["no container is wanted, and there is none", { wanted: 0, containers: [] }, "unchanged", []],
  ["a container has ended", { containers: [{ ...CONTAINER, state: "exited" }] }, "start", [
    'container "shop-web-1" is exited',
  ]],
  ["a container is paused", { containers: [{ ...CONTAINER, state: "paused" }] }, "unknown", [
    'cannot tell: container "shop-web-1" is paused',
  ]],
  ["its image has another text", { parts: { ...LAST.parts, image: "j" } }, "recreate", ["image"]],
  [
    "its environment has changed",
    { parts: { image: "i", "environment.A": "2", "environment.B": "1" } },
    "recreate",
    ["environment (A, B)"],
  ],
  ["its configs have changed", { contentHash: "c" }, "recreate", ["contents of configs or secrets"]],
  ["there is another image of this name", { imageId: "sha256:2" }, "recreate", [
    "another image of this name on the host",
  ]],
  ["its image is not there", { imageId: null }, "unknown", [
    "cannot tell: its image is not on the host, and is pulled",
  ]],
  ["its image is built", { isBuilt: true, imageId: null }, "unknown", [
    "cannot tell: its image is built, and may be another one",
  ]],
  ["its image may be pulled", { mayPull: true }, "unknown", [
    "cannot tell: a newer image may be pulled",
  ]],
  ["only depends_on has changed", { parts: { ...LAST.parts, depends_on: "d" } }, "unknown", [
    "cannot tell: depends_on changed",
  ]],
  [
    "more than depends_on has changed",
    { parts: { ...LAST.parts, depends_on: "d", image: "j" } },
    "recreate",
    ["image"],
  ],
  ["the definition of a network has changed", { parts: { ...LAST.parts, "networks:": "n" } }, "unknown", [
    "cannot tell: definitions of its networks changed",
  ]],
  [
    "it was deployed elsewhere, and the inspection shows a difference",
    { last: undefined, inspected: ["ports"] },
    "recreate",
    ["ports"],
  ],
  [
    "it was deployed again elsewhere, and the inspection shows no difference",
    { last: { ...LAST, configHash: "other" }, parts: { image: "j" } },
    "unchanged",
    [],
  ],
  [
    "it was deployed elsewhere, and the engine refuses the inspection",
    { last: undefined, inspected: "no" },
    "unknown",
    ["cannot tell: no"],
  ],
  [
    "it was deployed by an earlier version, which stored no parts",
    { last: { ...LAST, parts: undefined }, inspected: ["command"] },
    "recreate",
    ["command"],
  ],
];

for (const [what, changes, action, reasons] of CASES) {
  Deno.test(`the change is ${action} when ${what}`, () => {
    assertEquals(plannedChange(service(changes)), { action, reasons } as ReturnType<typeof plannedChange>);
  });
}
