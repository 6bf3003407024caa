/** Events and operations as clients without the token receive them. */
import type { DetailedStackEvent } from "../../server/protocol/stack_events.ts";
import { HIDDEN, publicEvent, publicOperation } from "../../server/stacks/public_view.ts";
import { ENGINE_NOT_REACHABLE } from "../../server/stacks/run/engine_work.ts";
import { assert, assertEquals } from "../assert.ts";
import { TestClient } from "../client.ts";
import { FakeCompose } from "../fakes/compose.ts";
import { serveStacks, watch } from "./client.ts";

type ProgressData = Extract<DetailedStackEvent, { type: "stack-progress" }>["data"];

const SECRET = "hunter2hunter2";

/** A Compose that prints a secret wherever it can, and fails with an error. */
function tellingCompose(error: string): FakeCompose {
  const compose = new FakeCompose();
  compose.work = (say) => {
    say('{"id":"Network web_default","status":"Created"}');
    say(`{"id":"Container web-a-1","status":"Error","text":"Error","details":"exec: ${SECRET}"}`);
    say(`time="2026-01-01T00:00:00Z" level=warning msg="the ${SECRET} variable is not set"`);
    return Promise.resolve({ code: 1, error });
  };
  return compose;
}

async function failedOperation(error: string) {
  const it = await serveStacks({ compose: tellingCompose(error) });
  const anonymous = new TestClient(it.server.url, "/stacks?detail=full");
  await anonymous.frame("the greeting", ({ message }) => message !== undefined);
  const trusted = await watch(it.server.url, "?detail=full");
  const id = await it.create("web");
  for (const client of [anonymous, trusted]) {
    await client.frame("the failure", ({ type }) => type === "stack-error");
  }
  return {
    ...it,
    id,
    anonymous,
    trusted,
    get: async (path: string) => await (await fetch(it.server.url + path)).text(),
    async [Symbol.asyncDispose]() {
      await anonymous[Symbol.asyncDispose]();
      await trusted[Symbol.asyncDispose]();
      await it[Symbol.asyncDispose]();
    },
  };
}

Deno.test("clients without the token receive no text of Compose", async () => {
  await using it = await failedOperation(`${SECRET} not found`);
  assert(JSON.stringify(it.trusted.frames).includes(SECRET));
  assert(!JSON.stringify(it.anonymous.frames).includes(SECRET));
  for (const path of ["/operations", "/operations/1", "/stacks", "/logs?tail=100"]) {
    assert(!(await it.get(path)).includes(SECRET), path);
  }
});

Deno.test("clients without the token learn which stack failed, and how to see why", async () => {
  await using it = await failedOperation(`${SECRET} not found`);
  const error = it.anonymous.frames.find(({ type }) => type === "stack-error");
  assertEquals(error.data.message, `Error while deploying stack "${it.id}": ${HIDDEN}`);
  const operation = JSON.parse(await it.get("/operations/1"));
  assertEquals([operation.state, operation.error, operation.warnings], ["failed", HIDDEN, [HIDDEN]]);
  assert(operation.messages.includes("Created network web_default"));
  assert(operation.messages.includes(`container web-a-1: ${HIDDEN}`));
});

Deno.test("reasons of DockStat itself stay visible", async () => {
  await using it = await failedOperation(
    "Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is it running?",
  );
  const error = it.anonymous.frames.find(({ type }) => type === "stack-error");
  assertEquals(error.data.message, `Error while deploying stack "${it.id}": Docker daemon not reachable`);
  assertEquals(JSON.parse(await it.get("/operations/1")).error, "Docker daemon not reachable");
});

function progress(step: Partial<ProgressData>): DetailedStackEvent {
  const data = {
    ...{ stack_id: 3, host_id: "Localhost", project: "web", operation_id: 5, target: null },
    ...{ action: "deploying", message: SECRET, timestamp: "2026-08-01T12:00:00.000Z", resource: null },
    ...{ state: "working", verb: null, percent: null, current: null, total: null },
    ...step,
  };
  return { type: "stack-progress", data } as DetailedStackEvent;
}

const CONTAINER = { kind: "container", name: "web-1", parent: null } as const;
const STEP = { kind: "step", name: `RUN echo ${SECRET}`, parent: null } as const;

const STEPS: readonly (readonly [string, Partial<ProgressData>, string])[] = [
  ["an error of a container", { resource: CONTAINER, state: "error" }, `container web-1: ${HIDDEN}`],
  ["a warning of a container", { resource: CONTAINER, state: "warning" }, `container web-1: ${HIDDEN}`],
  ["a warning of Compose", { state: "warning" }, HIDDEN],
  ["a running build step", { resource: STEP, verb: SECRET }, HIDDEN],
  ["a finished build step", { resource: STEP, state: "done", verb: SECRET }, HIDDEN],
  ["a failed build step", { resource: STEP, state: "error", verb: SECRET }, HIDDEN],
];

for (const [what, step, message] of STEPS) {
  Deno.test(`the public event of ${what} has no text of Compose`, () => {
    const event = publicEvent(progress(step));
    assertEquals([event.data.message, JSON.stringify(event).includes(SECRET)], [message, false]);
  });
}

Deno.test("the public event of a regular step is unchanged", () => {
  const event = progress({ resource: CONTAINER, state: "done", message: "Started container web-1" });
  assertEquals(publicEvent(event), event);
});

for (
  const [reason, shown] of [
    [ENGINE_NOT_REACHABLE, ENGINE_NOT_REACHABLE],
    ["DockStat ended while it ran", "DockStat ended while it ran"],
    ["interrupted: DockStat ended while it ran", "interrupted: DockStat ended while it ran"],
    [`${ENGINE_NOT_REACHABLE}\n${SECRET}`, HIDDEN],
    [`${SECRET}\nDockStat ended while it ran`, HIDDEN],
    ["", HIDDEN],
  ] as const
) {
  Deno.test(`the public reason of ${JSON.stringify(reason)} is ${JSON.stringify(shown)}`, () => {
    const { error, kept } = publicOperation({
      ...{ operation_id: 5, stack_id: 3, project: "web", hostId: "Localhost", action: "removing" },
      target: { kind: "stack", name: "web", id: "3" },
      ...{ state: "failed", created_at: "2026-08-01T12:00:00.000Z", started_at: null, ended_at: null },
      ...{ exit_code: 1, error: reason, kept: [`stacks/3/${SECRET}`] },
    });
    assertEquals([error, kept], [shown, undefined]);
  });
}

Deno.test("the public error of a stack keeps its start and hides every line after it", () => {
  const event = publicEvent({
    type: "stack-error",
    data: {
      ...{ stack_id: 3, host_id: "Localhost", project: "web", operation_id: 5, target: null },
      ...{ action: "deploying", timestamp: "2026-08-01T12:00:00.000Z" },
      message: `Error while deploying stack "3": one\n${SECRET}`,
    },
  } as DetailedStackEvent);
  assertEquals(event.data.message, `Error while deploying stack "3": ${HIDDEN}`);
});
