import { within } from "../../../dom.ts";
import { assert, assertEquals } from "../../../../../../tests/assert.ts";
import type { Operation } from "../../../../../../server/protocol/operations.ts";
import type { Run, RunResource } from "../../../../src/features/stacks/model/runs.ts";
import { operation, service, stack } from "../../../fakes/messages.ts";
import { openStackPage } from "../../../fakes/stack_page.tsx";

const RUNNING = operation({ operation_id: 7, state: "running", ended_at: null });
const MAKE = "[web 2/2] RUN make";

function resource(name: string, changes: Partial<RunResource> = {}): RunResource {
  return {
    ...{ key: name, kind: "step", name, label: name, parent: undefined, state: "done", text: "Done" },
    ...{ message: "", percent: undefined, current: undefined, total: undefined },
    ...{ startedAt: 0, changedAt: 1000, ...changes },
  };
}

const STEPS = [
  resource("[web internal] load .dockerignore"),
  resource("[web 1/2] FROM busybox"),
  resource(MAKE, { state: "working", text: "Running" }),
];

/** Opens the page of a stack whose operation has these resources. */
async function open(
  { resources = STEPS, lines = [], current = RUNNING, access = "full", end }: {
    readonly resources?: readonly RunResource[];
    readonly lines?: readonly string[];
    readonly current?: Operation;
    readonly access?: "full" | "view";
    readonly end?: Run["end"];
  } = {},
) {
  const isRunning = current.ended_at === null;
  const stackPage = await openStackPage({
    stacks: [stack({ services: [service()], operation: isRunning ? current : null })],
    operations: [current],
    about: { access },
  });
  const { transport, feed, page } = stackPage;
  transport.answers["/operations/7/output"] = { output: lines, steps: [{ name: MAKE, lines }] };
  const run: Run = {
    ...{ action: "deploying", target: null, startedAt: 0, changedAt: 1000, note: undefined, warnings: [] },
    resources,
    end,
  };
  await page.act(() => feed.runs.set(new Map([["#12", run]])));
  return stackPage;
}

Deno.test("lists the steps of a running build under its service, without those of the builder", async () => {
  await using stackPage = await open();
  const build = within(await stackPage.view.findByRole("region", { name: "Build of web" }));
  assert(build.getByText("Building, 1 of 2 steps done"));
  const items = build.getAllByRole("listitem").map(({ textContent }) => textContent!);
  assertEquals(items.map((text) => /(?<=Done|Running).*(busybox|make)/.exec(text)?.[0]), [
    "1/2 FROM busybox",
    "2/2 RUN make",
  ]);
});

Deno.test("shows the last 8 lines of a running step, and all on request", async () => {
  const lines = Array.from({ length: 20 }, (_, index) => `line ${index + 1}`);
  await using stackPage = await open({ lines });
  const output = await stackPage.view.findByRole("group", { name: "Output of 2/2 RUN make" });
  assertEquals(output.textContent, lines.slice(-8).join("\n"));
  await stackPage.page.user.click(stackPage.view.getByRole("button", { name: "Show all 20 lines" }));
  assertEquals(output.textContent, lines.join("\n"));
  await stackPage.page.user.click(stackPage.view.getByRole("button", { name: "Show fewer lines" }));
  assertEquals(output.textContent, lines.slice(-8).join("\n"));
});

Deno.test("shows the output of a step as text", async () => {
  await using stackPage = await open({ lines: ["\x1b[31m<b>red</b>\x1b[0m\x07"] });
  const output = await stackPage.view.findByRole("group", { name: "Output of 2/2 RUN make" });
  assertEquals([output.textContent, output.querySelector("b")], ["<b>red</b>", null]);
});

Deno.test("folds a build after its end, and the output of its finished steps", async () => {
  const current = operation({ operation_id: 7 });
  const end = { outcome: "succeeded", message: "" } as const;
  await using stackPage = await open({ resources: [resource(MAKE)], lines: ["made"], current, end });
  const { view, page } = stackPage;
  await page.user.click(view.getByRole("button", { name: "Show details" }));
  assertEquals(view.queryByText("2/2 RUN make"), null);
  await page.user.click(view.getByRole("button", { name: "Build of web" }));
  assertEquals(view.queryByText("made"), null);
  await page.user.click(await view.findByRole("button", { name: "Show 1 line" }));
  assert(view.getByText("made"));
});

Deno.test("shows the step that failed with its last lines after the end", async () => {
  const current = operation({ operation_id: 7, state: "failed", error: "exit code 1" });
  const end = { outcome: "failed", message: "" } as const;
  const failed = resource(MAKE, { state: "error", text: "exit code 1" });
  await using stackPage = await open({ resources: [failed], lines: ["no such file"], current, end });
  assert(await stackPage.view.findByText("no such file"));
  assert(stackPage.view.getByText("Failed, 0 of 2 steps done"));
});

Deno.test("shows the bytes of a step that downloads its base image", async () => {
  const resources = [
    resource("[web 1/2] FROM a", {
      state: "working",
      text: "Running",
      percent: 50,
      current: 1024 ** 2,
      total: 2 * 1024 ** 2,
    }),
  ];
  await using stackPage = await open({ resources });
  assert(await stackPage.view.findByText(/^1.00 of 2.00 MiB/));
  assert(stackPage.view.getByRole("progressbar", { name: "Download of 1/2 FROM a" }));
});

Deno.test("an image that is built has no row beside its steps", async () => {
  const image = (text: string) => resource(text, { kind: "image", text });
  await using steps = await open({ resources: [image("Built"), image("Pulled"), ...STEPS] });
  assertEquals(steps.view.queryByRole("rowheader", { name: "Built" }), null);
  assert(steps.view.getByRole("rowheader", { name: "Pulled" }));
  await using none = await open({ resources: [image("Built")] });
  assert(none.view.getByRole("rowheader", { name: "Built" }));
});

Deno.test("loads no output without builds, and none without the token", async () => {
  await using plain = await open({ resources: [resource("web", { kind: "image" })] });
  await using view = await open({ access: "view" });
  const asked = [...plain.transport.asked, ...view.transport.asked];
  assertEquals(asked.filter((request) => request.includes("/output")), []);
});

Deno.test("shows the steps although their output cannot be loaded", async () => {
  await using stackPage = await openStackPage({
    stacks: [stack({ services: [service()], operation: RUNNING })],
    operations: [RUNNING],
  });
  const run = { action: "deploying", target: null, startedAt: 0, changedAt: 0, warnings: [] } as const;
  await stackPage.page.act(() =>
    stackPage.feed.runs.set(
      new Map([["#12", { ...run, resources: STEPS, note: undefined, end: undefined }]]),
    )
  );
  assert(await stackPage.view.findByText("2/2 RUN make"));
});
