import { TestPage } from "../../../../dom.ts";
import { assertEquals } from "../../../../../../../tests/assert.ts";
import type { Intake } from "../../../../../src/features/stacks/editor/intake/intake.ts";
import { useReplacement } from "../../../../../src/features/stacks/editor/intake/replacement.tsx";
import { useStackForm } from "../../../../../src/features/stacks/editor/use_stack_form.ts";
import { fakeStackFeed } from "../../../../fakes/stack_feed.ts";

const EMPTY = { name: "", hostId: undefined, compose: "", env: "" };
const REDIS = { name: "redis", compose: "# redis\n", env: "A=1\n" };
const NGINX = { name: "nginx", compose: "# nginx\n" };

async function open(initial = EMPTY) {
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
    set: (change: Partial<typeof EMPTY>) => page.act(() => form.set(change)),
    async [Symbol.asyncDispose]() {
      await page[Symbol.asyncDispose]();
      feed[Symbol.dispose]();
    },
  };
}

Deno.test("replaces texts that were taken before, with the proposed name", async () => {
  await using test = await open();
  await test.take(REDIS);
  assertEquals(test.values(), { ...EMPTY, ...REDIS });
  await test.take(NGINX);
  assertEquals(test.values(), { ...EMPTY, ...NGINX, env: "A=1\n" });
});

Deno.test("keeps a typed name", async () => {
  await using test = await open({ ...EMPTY, name: "cache" });
  await test.take(REDIS);
  assertEquals(test.values().name, "cache");
});

Deno.test("replaces a typed Compose file only after a confirmation", async () => {
  await using test = await open({ ...EMPTY, compose: "# typed\n" });
  await test.take(REDIS);
  assertEquals([test.isAsked(), test.values().compose], [true, "# typed\n"]);
  await test.confirm();
  assertEquals([test.isAsked(), test.values().compose], [false, REDIS.compose]);
});
