import { buildsOf } from "../../../../../src/features/stacks/model/build/build_steps.ts";
import type { RunResource } from "../../../../../src/features/stacks/model/runs.ts";
import { assertEquals } from "../../../../../../../tests/assert.ts";

function step(name: string, state: RunResource["state"] = "done", changes: Partial<RunResource> = {}) {
  const resource: RunResource = {
    ...{ key: name, kind: "step", name, label: name, parent: undefined, state, text: "", message: "" },
    ...{ percent: undefined, current: undefined, total: undefined, startedAt: 0, changedAt: 0 },
    ...changes,
  };
  return resource;
}

Deno.test("groups steps by the service that they name, with its dots", () => {
  const steps = ["[web 1/2] FROM a", "[my_api 1/1] FROM b", "[web] exporting to image", "[2/2] RUN c"];
  const builds = buildsOf(steps.map((name) => step(name)), ["web", "my.api"], false);
  assertEquals(builds.map(({ service, steps }) => [service, ...steps.map(({ title }) => title)]), [
    ["web", "1/2 FROM a", "exporting to image"],
    ["my.api", "1/1 FROM b"],
    [undefined, "2/2 RUN c"],
  ]);
});

Deno.test("a stage of a Dockerfile is not a service", () => {
  const [build] = buildsOf([step("[builder 1/2] FROM a"), step("[stage-1 1/3] FROM b")], ["web"], false);
  assertEquals([build?.service, build?.steps[0]?.title], [undefined, "builder 1/2 FROM a"]);
});

Deno.test("counts the instructions of all stages, and the finished ones", () => {
  const steps = [
    step("[web builder 1/2] FROM a"),
    step("[web builder 2/2] RUN b", "working"),
    step("[web stage-1 1/3] FROM c"),
    step("[web internal] load metadata"),
    step("[web] exporting to image", "working"),
  ];
  const [build] = buildsOf(steps, ["web"], false);
  assertEquals([build?.done, build?.total, build?.state], [2, 5, "working"]);
});

for (
  const [states, state] of [
    [["done", "done"], "done"],
    [["done", "working"], "working"],
    [["working", "error"], "failed"],
    [["done", "unfinished"], "unfinished"],
    [["done", "failed"], "failed"],
  ] as const
) {
  Deno.test(`a build whose steps are ${states.join(" and ")} is ${state}`, () => {
    const steps = states.map((one, index) => step(`[${index + 1}/2] RUN a`, one));
    assertEquals(buildsOf(steps, [], false).map((build) => build.state), [state]);
  });
}

Deno.test("a build between two instructions is not done while the operation runs", () => {
  const steps = [step("[1/2] FROM a")];
  const states = [true, false].map((isRunning) => buildsOf(steps, [], isRunning)[0]?.state);
  assertEquals(states, ["working", "done"]);
});

Deno.test("a build lasts from its first step to its last change", () => {
  const steps = [
    step("[1/2] FROM a", "done", { startedAt: 5, changedAt: 9 }),
    step("[2/2] RUN a", "done", { startedAt: 7, changedAt: 20 }),
  ];
  const [build] = buildsOf(steps, [], false);
  assertEquals([build?.startedAt, build?.changedAt], [5, 20]);
});

Deno.test("marks the steps of the builder itself", () => {
  const [build] = buildsOf(
    [step("[web internal] load .dockerignore"), step("[internal] load metadata")],
    [],
    false,
  );
  assertEquals(build?.steps.map(({ isInternal }) => isInternal), [true, true]);
});

Deno.test("resources that are not steps have no build", () => {
  assertEquals(buildsOf([step("[1/2] FROM a", "done", { kind: "image" })], ["web"], false), []);
});

for (const name of ["", "[", "[]", "[ ]", "[1/]", "[x] ".repeat(500)]) {
  Deno.test(`a step named ${JSON.stringify(name.slice(0, 8))} is listed`, () => {
    assertEquals(buildsOf([step(name)], ["", "x"], false).length, 1);
  });
}
