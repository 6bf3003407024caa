import { TestPage } from "../../../../dom.ts";
import { assertEquals } from "../../../../../../../tests/assert.ts";
import type { Intake } from "../../../../../src/features/stacks/editor/intake/intake.ts";
import { useReplacement } from "../../../../../src/features/stacks/editor/intake/replacement.tsx";
import { NEW_VALUES, useStackForm } from "../../../../../src/features/stacks/editor/use_stack_form.ts";
import { fakeStackFeed } from "../../../../fakes/stack_feed.ts";

const REDIS = { name: "redis", compose: "# redis\n", env: "A=1\n" };
const NGINX = { name: "nginx", compose: "# nginx\n" };

async function open(initial = NEW_VALUES) {
  const { client, feed } = await fakeStackFeed({});
  const page = new TestPage(client);
  let form!: ReturnType<typeof useStackForm>;
  let replacement!: ReturnType<typeof useReplacement>;
  page.hook(() => {
    form = useStackForm(feed, { stackId: undefined, initial, onSave: () => Promise.resolve(undefined) });
    replacement = useReplacement(form, initial);
  });
  return {
    values: () => form.values,
    isAsked: () => replacement.isAsked,
    take: (intake: Intake) => page.act(() => replacement.take(intake)),
    confirm: () => page.act(() => void replacement.confirm()),
    set: (change: Partial<typeof NEW_VALUES>) => page.act(() => form.set(change)),
    async [Symbol.asyncDispose]() {
      await page[Symbol.asyncDispose]();
      feed[Symbol.dispose]();
    },
  };
}

Deno.test("replaces texts that were taken before, with the proposed name", async () => {
  await using test = await open();
  await test.take(REDIS);
  assertEquals(test.values(), { ...NEW_VALUES, ...REDIS });
  await test.take(NGINX);
  assertEquals(test.values(), { ...NEW_VALUES, ...NGINX, env: "A=1\n" });
});

Deno.test("keeps a typed name", async () => {
  await using test = await open({ ...NEW_VALUES, name: "cache" });
  await test.take(REDIS);
  assertEquals(test.values().name, "cache");
});

Deno.test("replaces a typed Compose file only after a confirmation", async () => {
  await using test = await open({ ...NEW_VALUES, compose: "# typed\n" });
  await test.take(REDIS);
  assertEquals([test.isAsked(), test.values().compose], [true, "# typed\n"]);
  await test.confirm();
  assertEquals([test.isAsked(), test.values().compose], [false, REDIS.compose]);
});
