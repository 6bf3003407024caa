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

Deno.test("what somebody else has stored meanwhile is not overwritten, until that is allowed", async () => {
  const { transport, edit, saves } = open();
  transport.answers[PATH] = THEIRS;
  assertEquals([await edit.save(OURS, true), saves()], [false, 0]);
  assertEquals(edit.conflict.value, { stored: THEIRS, deploy: true });
  edit.allowOverwrite();
  assertEquals(edit.conflict.value, undefined);
  assertEquals([await edit.save(OURS, true), saves()], [true, 1]);
});

Deno.test("what is stored after an overwrite was allowed is asked about again", async () => {
  const { transport, edit, saves } = open();
  transport.answers[PATH] = THEIRS;
  await edit.save(OURS, false);
  edit.allowOverwrite();
  transport.answers[PATH] = { ...THEIRS, env: "B=2" };
  assertEquals([await edit.save(OURS, false), saves()], [false, 0]);
});

Deno.test("what nobody has changed, or changed to the same, is saved", async () => {
  for (const stored of [OPENED, OURS]) {
    const { transport, edit, saves } = open();
    transport.answers[PATH] = stored;
    assertEquals([await edit.save(OURS, false), saves(), edit.conflict.value], [true, 1, undefined]);
  }
});

Deno.test("a look tells a change before anything is saved, and takes it back with the change", async () => {
  const { transport, edit } = open();
  await edit.look(never);
  assertEquals(edit.conflict.value, undefined);
  transport.answers[PATH] = THEIRS;
  await edit.look(never);
  assertEquals(edit.conflict.value, { stored: THEIRS, deploy: false });
  transport.answers[PATH] = OPENED;
  await edit.look(never);
  assertEquals(edit.conflict.value, undefined);
});

Deno.test("a save of one's own is no change elsewhere, even when a look is answered late", async () => {
  const { transport, edit } = open();
  const late = Promise.withResolvers<unknown>();
  transport.answers[PATH] = late.promise;
  const looking = edit.look(never);
  transport.answers[PATH] = OPENED;
  await edit.save(OURS, false);
  late.resolve(THEIRS);
  await looking;
  assertEquals(edit.conflict.value, undefined);
});
