import { TestPage } from "../../../dom.ts";
import { assert, assertEquals } from "../../../../../../tests/assert.ts";
import type { About } from "../../../../../../server/protocol/about.ts";
import type { Failure, Operation } from "../../../../../../server/protocol/operations.ts";
import type { StackVersion } from "../../../../../../server/protocol/stack_versions.ts";
import type { Stack } from "../../../../../../server/protocol/stacks.ts";
import {
  FailureNotice,
  type FailureNoticeProps,
} from "../../../../src/features/stacks/detail/failure_notice.tsx";
import { useTask } from "../../../../src/features/stacks/parts/use_task.ts";
import { at, operation, plan, project, stack } from "../../../fakes/messages.ts";
import { fakeStackFeed } from "../../../fakes/stack_feed.ts";

const FAILED = operation({ state: "failed", exit_code: 17, error: "port is taken" });

const CAUSE: Failure = {
  kind: "port-in-use",
  cause: 'Port 8080 is in use by container "other".',
  remedy: 'Stop "other", or publish another port in the Compose file.',
  service: "web",
  line: 4,
  container: { hostId: "Localhost", id: "o1", name: "other", project: null },
  log: null,
};

function Notice({ feed, stack, newest }: Omit<FailureNoticeProps, "task">) {
  return <FailureNotice feed={feed} task={useTask(feed)} stack={stack} newest={newest} />;
}

async function open(
  newest: Operation | undefined,
  shown: Stack = stack(),
  about: Partial<About> = {},
  failure: Failure = { ...CAUSE, kind: "unknown" },
  versions: readonly StackVersion[] = [],
) {
  const { transport, client, feed } = await fakeStackFeed({ stacks: [shown], about });
  transport.answers["/operations/7/failure"] = failure;
  transport.answers["/stacks/12/versions"] = versions;
  transport.answers["/stacks/plan"] = plan();
  transport.answers["/stacks/12/versions/1/deploy"] = {};
  const page = new TestPage(client);
  let view!: ReturnType<TestPage["render"]>;
  await page.act(() => void (view = page.render(<Notice feed={feed} stack={shown} newest={newest} />)));
  return {
    page,
    view,
    transport,
    async [Symbol.asyncDispose]() {
      await page[Symbol.asyncDispose]();
      feed[Symbol.dispose]();
    },
  };
}

Deno.test("shows the error of an unknown cause, its exit code and a link to the editor", async () => {
  await using notice = await open(FAILED);
  const alert = notice.view.getByRole("alert");
  assert(/^Deploy failed, .+, exit code 17/.test(alert.textContent ?? ""), alert.textContent ?? "");
  assertEquals(notice.view.getByRole("group", { name: "Compose output" }).textContent, "port is taken");
  assertEquals(notice.view.getByRole("link", { name: "Edit" }).getAttribute("href"), "#/stacks/12/edit");
});

Deno.test("shows cause, remedy, line and container, and the error on request", async () => {
  await using notice = await open(FAILED, stack(), {}, CAUSE);
  const { view, page } = notice;
  for (const text of [CAUSE.cause, CAUSE.remedy]) assert(view.getByText(text));
  const hrefs = view.getAllByRole("link").map((link) => `${link.textContent}: ${link.getAttribute("href")}`);
  assertEquals(hrefs, [
    "Line 4 of the Compose file, service web: #/stacks/12/edit/4",
    "Open other: #/containers/Localhost/o1",
  ]);
  assertEquals(view.queryByText("port is taken"), null);
  await page.user.click(view.getByRole("button", { name: "Show Compose output" }));
  assert(view.getByText("port is taken"));
});

Deno.test("shows the output of a failed health check", async () => {
  await using notice = await open(FAILED, stack(), {}, { ...CAUSE, kind: "unhealthy", log: "no answer" });
  assertEquals(
    notice.view.getByRole("group", { name: "Output of the health check" }).textContent,
    "no answer",
  );
});

Deno.test("shows an interrupted operation without an exit code", async () => {
  await using notice = await open(operation({ state: "interrupted", exit_code: null, error: null }));
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
    await using notice = await open(newest, shown);
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
    await using notice = await open(FAILED, shown, about);
    assert(notice.view.getByRole("alert"));
    assertEquals(notice.view.queryByRole("link"), null);
  });
}

function version(number: number, changes: Partial<StackVersion>): StackVersion {
  const common = { created_at: at(number), reason: "changed", images: [] };
  return { version: number, current: false, deployed_at: null, ...common, ...changes };
}

const BEFORE = version(1, { deployed_at: at(9) });

Deno.test("rolls a failed deployment back with two clicks", async () => {
  const versions = [version(2, { current: true }), BEFORE];
  await using notice = await open(FAILED, stack(), {}, CAUSE, versions);
  const { view, page, transport } = notice;
  await page.user.click(view.getByRole("button", { name: "Roll back to version 1" }));
  assert(await view.findByRole("region", { name: "Services" }));
  await page.user.click(view.getByRole("button", { name: "Deploy" }));
  assertEquals(transport.bodies[0], { stack_id: 12, version: 1 });
  assert(transport.asked.includes("POST /stacks/12/versions/1/deploy"));
});

for (
  const [what, failed, versions, count] of [
    ["a failed restart", { ...FAILED, action: "restarting" }, [version(2, { current: true }), BEFORE], 0],
    ["the first deployment", FAILED, [version(1, { current: true })], 0],
    ["a deployment of the version that ran", FAILED, [{ ...BEFORE, current: true }], 0],
    [
      "an update of the version that ran",
      { ...FAILED, action: "updating" },
      [{ ...BEFORE, current: true }],
      1,
    ],
  ] as const
) {
  Deno.test(`offers ${count} versions to roll back to after ${what}`, async () => {
    await using notice = await open(failed, stack(), {}, CAUSE, versions);
    assertEquals(notice.view.queryAllByRole("button", { name: /^Roll back/ }).length, count);
  });
}
