/** Events and operations as clients without the token receive them. */
import { HIDDEN } from "../../server/stacks/public_view.ts";
import { assert, assertEquals } from "../assert.ts";
import { TestClient } from "../client.ts";
import { FakeCompose } from "../fakes/compose.ts";
import { serveStacks, watch } from "./client.ts";

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
