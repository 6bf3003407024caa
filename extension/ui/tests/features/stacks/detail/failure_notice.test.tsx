import { TestPage } from "../../../dom.ts";
import { assert, assertEquals } from "../../../../../../tests/assert.ts";
import type { About } from "../../../../../../server/protocol/about.ts";
import type { Operation } from "../../../../../../server/protocol/operations.ts";
import type { Stack } from "../../../../../../server/protocol/stacks.ts";
import { FailureNotice } from "../../../../src/features/stacks/detail/failure_notice.tsx";
import { fakeClient } from "../../../fakes/client.ts";
import { operation, project, stack } from "../../../fakes/messages.ts";

const FAILED = operation({ state: "failed", exit_code: 17, error: "port is taken" });

function open(newest: Operation | undefined, shown: Stack = stack(), about: Partial<About> = {}) {
  const page = new TestPage(fakeClient(about).client);
  const view = page.render(<FailureNotice stack={shown} newest={newest} />);
  return { page, view, [Symbol.asyncDispose]: () => page[Symbol.asyncDispose]() };
}

Deno.test("shows the error of Compose, its exit code and a link to the editor", async () => {
  await using notice = open(FAILED);
  const alert = notice.view.getByRole("alert");
  assert(/^Deploy failed, .+, exit code 17/.test(alert.textContent ?? ""), alert.textContent ?? "");
  assertEquals(notice.view.getByRole("group", { name: "Compose output" }).textContent, "port is taken");
  assertEquals(notice.view.getByRole("link", { name: "Edit" }).getAttribute("href"), "#/stacks/12/edit");
});

Deno.test("shows an interrupted operation without an exit code", async () => {
  await using notice = open(operation({ state: "interrupted", exit_code: null, error: null }));
  const text = notice.view.getByRole("alert").textContent ?? "";
  assert(text.startsWith("Deploy interrupted, ") && !text.includes("exit code"), text);
  assert(text.includes("No reason was given."), text);
});

for (
  const [reason, newest, shown] of [
    ["without an operation", undefined, stack()],
    ["after a success", operation(), stack()],
    ["after a cancel", operation({ state: "cancelled" }), stack()],
    ["while another operation is running", FAILED, stack({ operation: operation({ state: "running" }) })],
  ] as const
) {
  Deno.test(`shows nothing ${reason}`, async () => {
    await using notice = open(newest, shown);
    assertEquals(notice.view.queryByRole("alert"), null);
  });
}

for (
  const [reason, shown, about] of [
    ["of a project", project(), {}],
    ["for a client without the token", stack(), { access: "view" }],
  ] as const
) {
  Deno.test(`shows a failure without a link to the editor ${reason}`, async () => {
    await using notice = open(FAILED, shown, about);
    assert(notice.view.getByRole("alert"));
    assertEquals(notice.view.queryByRole("link"), null);
  });
}
