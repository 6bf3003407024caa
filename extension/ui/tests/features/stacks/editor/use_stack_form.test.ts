import { TestPage } from "../../../dom.ts";
import { assertEquals } from "../../../../../../tests/assert.ts";
import {
  NEW_VALUES,
  type StackFormState,
  type StackFormTask,
  type StackFormValues,
  useStackForm,
} from "../../../../src/features/stacks/editor/use_stack_form.ts";
import { Refusal, Unreachable } from "../../../../src/lib/transport/transport.ts";
import { fakeStackFeed, type FakeStacks } from "../../../fakes/stack_feed.ts";
import { refusal } from "../../../fakes/transport.ts";

const FILLED: StackFormValues = { ...NEW_VALUES, name: "shop", compose: "services: {}\n" };

/** Renders the hook with a save function that the test controls. */
async function open(task: Partial<StackFormTask> = {}, about: FakeStacks["about"] = {}) {
  const { transport, client, feed } = await fakeStackFeed({ about });
  const page = new TestPage(client);
  const saves: unknown[] = [];
  const onSave: StackFormTask["onSave"] = (values, deploy) => {
    saves.push({ ...values, deploy });
    return task.onSave?.(values, deploy) ?? Promise.resolve(undefined);
  };
  const options = { stackId: undefined, initial: FILLED, ...task, onSave };
  let form!: StackFormState;
  page.hook(() => {
    form = useStackForm(feed, options);
  });
  return {
    form: () => form,
    saves,
    set: (change: Partial<StackFormValues>) => page.act(() => form.set(change)),
    save: (deploy = false) => page.act(() => void form.save(deploy)),
    reconnect: () => page.act(() => transport.newest.listener.opened()),
    page,
    async [Symbol.asyncDispose]() {
      await page[Symbol.asyncDispose]();
      feed[Symbol.dispose]();
    },
  };
}

for (
  const [reason, task, obstacle] of [
    ["without a name", { initial: { ...FILLED, name: "" } }, "Enter a name for the stack."],
    ["without a Compose file", { initial: { ...FILLED, compose: " \n" } }, "The Compose file is empty."],
    ["with all it needs", {}, undefined],
    ["of an existing stack without a name", { stackId: 12, initial: { ...FILLED, name: "" } }, undefined],
  ] as const
) {
  Deno.test(`permits to save a form ${reason}: ${obstacle === undefined}`, async () => {
    await using test = await open(task);
    assertEquals(test.form().obstacle, obstacle);
  });
}

Deno.test("rejects an invalid name", async () => {
  await using test = await open();
  await test.set({ name: "My Shop" });
  assertEquals(test.form().obstacle?.startsWith("“My Shop” is not a valid stack name."), true);
});

Deno.test("is locked on a read-only server", async () => {
  await using test = await open({}, { readOnly: true });
  assertEquals([test.form().isLocked, test.form().obstacle !== undefined], [true, true]);
});

Deno.test("is changed while its values differ from the initial ones", async () => {
  await using test = await open({ initial: NEW_VALUES });
  assertEquals(test.form().isChanged, false);
  await test.set({ env: "A=1" });
  assertEquals(test.form().isChanged, true);
  await test.set({ env: "" });
  assertEquals(test.form().isChanged, false);
});

Deno.test("is locked while it is being saved", async () => {
  const answer = Promise.withResolvers<undefined>();
  await using test = await open({ onSave: () => answer.promise });
  await test.save(true);
  assertEquals([test.form().isLocked, test.form().obstacle], [true, "Saving…"]);
  assertEquals(test.saves, [{ ...FILLED, deploy: true }]);
  await test.page.act(() => answer.resolve(undefined));
  assertEquals([test.form().isLocked, test.form().obstacle], [false, undefined]);
});

Deno.test("navigates after a save, when no change can be lost", async () => {
  const states: boolean[] = [];
  await using test = await open({
    onSave: () => Promise.resolve(() => void states.push(test.form().isChanged)),
  });
  await test.set({ env: "A=1" });
  await test.save();
  assertEquals([states, test.form().isLocked], [[false], true]);
});

Deno.test("keeps the values after a refused save, and shows the message", async () => {
  await using test = await open({ onSave: () => Promise.reject(refusal(409, "the name is taken")) });
  await test.set({ env: "A=1" });
  await test.save();
  const { values, refusal: message, isChanged, isLocked } = test.form();
  assertEquals([values.env, message, isChanged, isLocked], ["A=1", "the name is taken", true, false]);
});

Deno.test("shows the errors of a refused save until the values change", async () => {
  const errors = [{ path: "env", message: "no value", line: 2 }];
  const problem = { type: "about:blank", title: "Invalid", status: 422, detail: "invalid", errors };
  await using test = await open({ onSave: () => Promise.reject(new Refusal(problem)) });
  await test.save();
  assertEquals(test.form().issues.map(({ place, message }) => [place, message]), [["env", "no value"]]);
  await test.set({ env: "A=1" });
  assertEquals(test.form().issues, []);
});

Deno.test("clears the message of an unreachable server after a reconnection", async () => {
  await using test = await open({ onSave: () => Promise.reject(new Unreachable("nobody there")) });
  await test.save();
  assertEquals(test.form().refusal, "nobody there");
  await test.reconnect();
  assertEquals(test.form().refusal, undefined);
});
