import { assertEquals } from "../../../../../../tests/assert.ts";
import { StackEdit } from "../../../../src/features/stacks/editor/stack_edit.ts";
import { StackRequests } from "../../../../src/features/stacks/model/stack_requests.ts";
import { FakeTransport } from "../../../fakes/transport.ts";

const PATH = "/stacks/12/compose";
const OPENED = { compose: "services: {}\n", env: "" };
const THEIRS = { compose: "# theirs\n", env: "" };
const OURS = { compose: "# ours\n", env: "A=1" };
const never = new AbortController().signal;

function open() {
  const transport = new FakeTransport();
  Object.assign(transport.answers, { [PATH]: OPENED, "/stacks/12": {} });
  const saves = () => transport.asked.filter((what) => what.startsWith("PUT")).length;
  return { transport, saves, edit: new StackEdit(new StackRequests(transport), 12, OPENED) };
}

Deno.test("does not overwrite a version of another client until that is permitted", async () => {
  const { transport, edit, saves } = open();
  transport.answers[PATH] = THEIRS;
  assertEquals([await edit.save(OURS, true), saves()], [false, 0]);
  assertEquals(edit.conflict.value, { stored: THEIRS, deploy: true });
  edit.allowOverwrite();
  assertEquals(edit.conflict.value, undefined);
  assertEquals([await edit.save(OURS, true), saves()], [true, 1]);
});

Deno.test("asks again about a version that was stored after the permission", async () => {
  const { transport, edit, saves } = open();
  transport.answers[PATH] = THEIRS;
  await edit.save(OURS, false);
  edit.allowOverwrite();
  transport.answers[PATH] = { ...THEIRS, env: "B=2" };
  assertEquals([await edit.save(OURS, false), saves()], [false, 0]);
});

Deno.test("saves when the stored files are unchanged, or equal to the new ones", async () => {
  for (const stored of [OPENED, OURS]) {
    const { transport, edit, saves } = open();
    transport.answers[PATH] = stored;
    assertEquals([await edit.save(OURS, false), saves(), edit.conflict.value], [true, 1, undefined]);
  }
});

Deno.test("finds a conflict before a save, and clears it when the change is reverted", async () => {
  const { transport, edit } = open();
  await edit.check(never);
  assertEquals(edit.conflict.value, undefined);
  transport.answers[PATH] = THEIRS;
  await edit.check(never);
  assertEquals(edit.conflict.value, { stored: THEIRS, deploy: false });
  transport.answers[PATH] = OPENED;
  await edit.check(never);
  assertEquals(edit.conflict.value, undefined);
});

Deno.test("does not report its own save as a conflict when a check is answered late", async () => {
  const { transport, edit } = open();
  const late = Promise.withResolvers<unknown>();
  transport.answers[PATH] = late.promise;
  const checking = edit.check(never);
  transport.answers[PATH] = OPENED;
  await edit.save(OURS, false);
  late.resolve(THEIRS);
  await checking;
  assertEquals(edit.conflict.value, undefined);
});
