import { TestPage } from "../../../dom.ts";
import { assertEquals, eventually } from "../../../../../../tests/assert.ts";
import { type DraftTask, useDraft } from "../../../../src/features/stacks/parts/use_draft.ts";
import { fakeStackFeed } from "../../../fakes/stack_feed.ts";

async function open() {
  const { transport, client, feed } = await fakeStackFeed({});
  const page = new TestPage(client);
  const task: DraftTask = {
    ...{ contents: feed.contents, owner: 12, change: { compose: null }, isReadOnly: false },
  };
  const hook = page.hook(useDraft, task);
  return {
    transport,
    puts: () => transport.asked.filter((request) => request === "PUT /stacks/12/draft").length,
    isStored: () => hook.result.current,
    type: (compose: string | null, changes: Partial<DraftTask> = {}) =>
      page.act(() => hook.rerender({ ...task, change: { compose }, ...changes })),
    async [Symbol.asyncDispose]() {
      await page[Symbol.asyncDispose]();
      feed[Symbol.dispose]();
    },
  };
}

Deno.test("stores what is typed, once typing pauses", async () => {
  await using draft = await open();
  draft.transport.answers["/stacks/12/draft"] = {};
  await draft.type("a");
  await draft.type("ab");
  assertEquals([draft.puts(), draft.isStored()], [0, false]);
  await eventually("the draft", () => draft.isStored());
  assertEquals(draft.transport.bodies, [{ compose: "ab" }]);
});

Deno.test("a draft that cannot be stored is not safe, and a read-only server receives none", async () => {
  await using draft = await open();
  await draft.type("a", { isReadOnly: true });
  await draft.type("b");
  await eventually("the request", () => draft.puts() === 1);
  assertEquals([draft.isStored(), draft.transport.bodies], [false, [{ compose: "b" }]]);
});
