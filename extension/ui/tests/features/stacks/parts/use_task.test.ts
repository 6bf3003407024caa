import { TestPage } from "../../../dom.ts";
import { assert, assertEquals } from "../../../../../../tests/assert.ts";
import { namesChangedFiles, useTask } from "../../../../src/features/stacks/parts/use_task.ts";
import { Refusal } from "../../../../src/lib/transport/transport.ts";
import { fakeStackFeed } from "../../../fakes/stack_feed.ts";
import { refusal as plainRefusal } from "../../../fakes/transport.ts";

function refusal(status: number, path?: string): Refusal {
  const errors = path === undefined ? {} : { errors: [{ path, message: "" }] };
  return new Refusal({ type: "about:blank", title: "", status, detail: "", ...errors });
}

async function open() {
  const { transport, client, feed } = await fakeStackFeed({});
  const page = new TestPage(client);
  const hook = page.hook(() => useTask(feed));
  return {
    page,
    feed,
    task: () => hook.result.current,
    run: (work: () => Promise<void>) => page.act(() => hook.result.current.run(work)),
    reconnect: () => page.act(() => transport.newest.listener.opened()),
    async [Symbol.asyncDispose]() {
      await page[Symbol.asyncDispose]();
      feed[Symbol.dispose]();
    },
  };
}

Deno.test("offers to accept changed files for a conflict that names a file, and for nothing else", () => {
  assertEquals(namesChangedFiles(refusal(409, "compose")), true);
  assertEquals(namesChangedFiles(refusal(409, "env")), true);
  assertEquals(namesChangedFiles(refusal(409)), false);
  assertEquals(namesChangedFiles(refusal(422, "compose")), false);
  assertEquals(namesChangedFiles(new Error("no")), false);
});

Deno.test("is asking until the server has answered", async () => {
  await using test = await open();
  const answer = Promise.withResolvers<void>();
  let running!: Promise<void>;
  await test.page.act(() => {
    running = test.task().run(() => answer.promise);
  });
  assert(test.task().asking);
  await test.page.act(async () => {
    answer.resolve();
    await running;
  });
  assertEquals([test.task().asking, test.task().refusal], [false, undefined]);
});

Deno.test("keeps the message of a refusal until it is dismissed", async () => {
  await using test = await open();
  await test.run(() => Promise.reject(plainRefusal(409, "busy")));
  assertEquals([test.task().asking, test.task().refusal], [false, "busy"]);
  await test.page.act(() => test.task().dismiss());
  assertEquals(test.task().refusal, undefined);
});

Deno.test("clears the message of a refusal with the next request", async () => {
  await using test = await open();
  await test.run(() => Promise.reject(plainRefusal(409, "busy")));
  await test.run(() => Promise.resolve());
  assertEquals(test.task().refusal, undefined);
});

Deno.test("keeps a refusal after a reconnection, but not that the server was unreachable", async () => {
  await using test = await open();
  await test.run(() => Promise.reject(plainRefusal(409, "busy")));
  await test.reconnect();
  assertEquals(test.task().refusal, "busy");
  await test.run(() => test.feed.requests.cancel(12));
  assertEquals(test.task().refusal, "nobody there");
  await test.reconnect();
  assertEquals(test.task().refusal, undefined);
});
