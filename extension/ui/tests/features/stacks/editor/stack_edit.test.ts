import { assertEquals, assertRejects } from "../../../../../../tests/assert.ts";
import { StackEdit } from "../../../../src/features/stacks/editor/stack_edit.ts";
import { type EditedFile, NO_FILES } from "../../../../src/features/stacks/editor/files/edited_files.ts";
import { ContentRequests } from "../../../../src/features/stacks/model/content_requests.ts";
import { StackRequests } from "../../../../src/features/stacks/model/stack_requests.ts";
import { FakeTransport, refusal } from "../../../fakes/transport.ts";

const PATH = "/stacks/12/compose";
const OPENED = { compose: "services: {}\n", env: "" };
const THEIRS = { compose: "# theirs\n", env: "" };
const OURS = { compose: "# ours\n", env: "A=1", files: NO_FILES };
const FILE = "/stacks/12/files/app.env";
const FILES = new Map([["app.env", { stored: "A=1", content: "A=2" }]]);
const bytes = (text: string) => new TextEncoder().encode(text);
const never = new AbortController().signal;

function requestsOf(transport: FakeTransport) {
  return { requests: new StackRequests(transport), contents: new ContentRequests(transport) };
}

function open() {
  const transport = new FakeTransport();
  const files = [{ path: "app.env", size: 3, digest: "1", mode: "644" }];
  Object.assign(transport.answers, { [PATH]: OPENED, "/stacks/12": {}, "/stacks/12/files": files });
  const saves = () => transport.asked.filter((what) => what.startsWith("PUT")).length;
  return { transport, saves, edit: new StackEdit(requestsOf(transport), 12, OPENED) };
}

Deno.test("does not overwrite a version of another client until that is permitted", async () => {
  const { transport, edit, saves } = open();
  transport.answers[PATH] = THEIRS;
  assertEquals([await edit.save(OURS, true), saves()], [false, 0]);
  assertEquals(edit.conflict.value, { stored: THEIRS, paths: [], deploy: true });
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
    transport.answers[PATH] = { compose: stored.compose, env: stored.env };
    assertEquals([await edit.save(OURS, false), saves(), edit.conflict.value], [true, 1, undefined]);
  }
});

Deno.test("finds a conflict before a save, and clears it when the change is reverted", async () => {
  const { transport, edit } = open();
  await edit.check(never);
  assertEquals(edit.conflict.value, undefined);
  transport.answers[PATH] = THEIRS;
  await edit.check(never);
  assertEquals(edit.conflict.value, { stored: THEIRS, paths: [], deploy: false });
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

Deno.test("stores texts and files with one request, which deploys them", async () => {
  const { transport, edit } = open();
  Object.assign(transport.answers, { [FILE]: bytes("A=1") });
  const raw = { stored: undefined, content: new Uint8Array([0, 255]) };
  const gone = { stored: "x", content: undefined };
  transport.answers["/stacks/12/files/gone"] = bytes("x");
  const files = new Map<string, EditedFile>([...FILES, ["raw", raw] as const, ["gone", gone] as const]);
  assertEquals(await edit.save({ ...OURS, files }, true), true);
  assertEquals(transport.bodies, [{
    compose: OURS.compose,
    env: OURS.env,
    files: [{ path: "app.env", text: "A=2" }, { path: "gone", text: null }, { path: "raw", base64: "AP8=" }],
    deploy: true,
  }]);
});

Deno.test("uploads files that do not fit into one request, and saves them with one", async () => {
  const { transport, edit } = open();
  transport.answers["POST /stacks/uploads"] = { digest: "d", size: 1 };
  const added = (size: number) => ({ stored: undefined, content: "x".repeat(size) });
  const files = new Map([["a", added(500_000)], ["b", added(500_000)]]);
  await edit.save({ ...OURS, files }, true);
  assertEquals(transport.asked.filter((what) => !what.startsWith("GET")).slice(-3), [
    "POST /stacks/uploads",
    "POST /stacks/uploads",
    "PUT /stacks/12",
  ]);
  assertEquals(transport.bodies.at(-1), {
    compose: OURS.compose,
    env: OURS.env,
    files: [{ path: "a", upload: "d" }, { path: "b", upload: "d" }],
    deploy: true,
  });
});

Deno.test("does not overwrite a file of another client until that is permitted", async () => {
  const { transport, edit, saves } = open();
  Object.assign(transport.answers, { [FILE]: bytes("theirs"), [`PUT ${FILE}`]: {} });
  const ours = { ...OPENED, files: FILES };
  assertEquals([await edit.save(ours, false), saves()], [false, 0]);
  assertEquals(edit.conflict.value, { stored: OPENED, paths: ["app.env"], deploy: false });
  edit.allowOverwrite();
  assertEquals(await edit.save(ours, false), true);
  assertEquals(transport.bodies, [{ files: [{ path: "app.env", text: "A=2" }], deploy: false }]);
});

Deno.test("stores no file when the server refuses the texts", async () => {
  const { transport, edit, saves } = open();
  Object.assign(transport.answers, { [FILE]: bytes("A=1"), "PUT /stacks/12": refusal(422, "invalid") });
  await assertRejects(() => edit.save({ ...OURS, files: FILES }, false), Error, "invalid");
  assertEquals([saves(), transport.asked.at(-1)], [1, "PUT /stacks/12"]);
});
