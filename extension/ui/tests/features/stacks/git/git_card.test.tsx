import { TestPage, within } from "../../../dom.ts";
import { assert, assertEquals } from "../../../../../../tests/assert.ts";
import GitCard from "../../../../src/features/stacks/git/git_card.tsx";
import type { StackGit } from "../../../../src/features/stacks/git/git_requests.ts";
import { stack } from "../../../fakes/messages.ts";
import { fakeStackFeed, fakeTask } from "../../../fakes/stack_feed.ts";

const [FROM, TO] = ["a".repeat(40), "b".repeat(40)];
const GIT: StackGit = {
  ...{ url: "https://git.example.org/shop.git", branch: "main", path: "shop/compose.yaml", commit: FROM },
  ...{ pulled_at: "2026-08-01T12:00:00Z", schedule: null, webhook: false, token: false, error: null },
};
const DIFFERENCE = {
  ...{
    from: FROM,
    to: TO,
    subject: "Use 2",
    forward: true,
    env: null,
    compose: "services: {web: {image: a:2}}\n",
  },
  files: [{ path: "app.env", change: "changed", bytes: 4 }],
};
const STORED = { compose: "services: {web: {image: a:1}}\n", env: "" };

async function open(git: StackGit | null = GIT, answers: Readonly<Record<string, unknown>> = {}) {
  const shown = stack();
  const { transport, client, feed } = await fakeStackFeed({ stacks: [shown] });
  Object.assign(transport.answers, {
    "/stacks/12": { ...shown, ...git && { git } },
    "/stacks/12/compose": STORED,
    "/stacks/12/git/pull?dryRun=1": DIFFERENCE,
    [`/stacks/12/git/pull?commit=${TO}`]: {},
    ...answers,
  });
  const page = new TestPage(client);
  let view!: ReturnType<TestPage["render"]>;
  await page.act(() => {
    view = page.render(<GitCard feed={feed} task={fakeTask()} stack={shown} newest={undefined} />);
  });
  return {
    ...{ transport, page, view },
    click: (name: string) => page.user.click(view.getByRole("button", { name })),
    posts: () => transport.asked.filter((request) => !request.startsWith("GET")),
    async [Symbol.asyncDispose]() {
      await page[Symbol.asyncDispose]();
      feed[Symbol.dispose]();
    },
  };
}

Deno.test("shows repository, commit and what pulls the stack", async () => {
  await using card = await open({ ...GIT, schedule: "15m", webhook: true });
  const section = within(card.view.getByRole("region", { name: "Git" }));
  assert(section.getByText("https://git.example.org/shop.git · main · shop/compose.yaml"));
  assert(section.getByText(/^aaaaaaaaaaaa, pulled /));
  assert(section.getByText("Every 15 minutes · Push webhook"));
});

Deno.test("shows nothing for a stack that does not come from Git", async () => {
  await using card = await open(null);
  assertEquals(card.view.queryByRole("region", { name: "Git" }), null);
});

Deno.test("shows why the last pull failed", async () => {
  await using card = await open({ ...GIT, error: "git.example.org refuses the login" });
  assert(card.view.getByText("git.example.org refuses the login"));
});

Deno.test("shows the difference, then pulls exactly that commit", async () => {
  await using card = await open();
  await card.click("Check for changes");
  const dialog = within(await card.view.findByRole("dialog", { name: "Pull “shop”" }));
  assert(await dialog.findByText("aaaaaaaaaaaa → bbbbbbbbbbbb · Use 2"));
  assert(dialog.getByText(/a:2/));
  assert(dialog.getByText("app.env"));
  assertEquals(card.posts(), ["POST /stacks/12/git/pull?dryRun=1"]);
  await card.page.user.click(dialog.getByRole("button", { name: "Pull and deploy" }));
  assertEquals(card.posts().at(-1), `POST /stacks/12/git/pull?commit=${TO}`);
});

Deno.test("a rewritten branch is pulled only after it was accepted", async () => {
  await using card = await open(GIT, {
    "/stacks/12/git/pull?dryRun=1": { ...DIFFERENCE, forward: false },
    [`/stacks/12/git/pull?commit=${TO}&rewritten=1`]: {},
  });
  await card.click("Check for changes");
  const dialog = within(await card.view.findByRole("dialog"));
  const pull = await dialog.findByRole("button", { name: "Pull and deploy" });
  assert((pull as HTMLButtonElement).disabled);
  await card.page.user.click(dialog.getByLabelText("Pull the rewritten branch"));
  await card.page.user.click(pull);
  assertEquals(card.posts().at(-1), `POST /stacks/12/git/pull?commit=${TO}&rewritten=1`);
});

Deno.test("offers no pull when nothing has changed", async () => {
  await using card = await open(GIT, {
    "/stacks/12/git/pull?dryRun=1": { ...DIFFERENCE, to: FROM, compose: null, files: [] },
  });
  await card.click("Check for changes");
  const dialog = within(await card.view.findByRole("dialog"));
  assert(await dialog.findByText("Up to date with commit aaaaaaaaaaaa."));
  assertEquals(dialog.queryByRole("button", { name: /^Pull/ }), null);
});

Deno.test("shows a new secret of the webhook once", async () => {
  await using card = await open(GIT, {
    "/stacks/12/git": { ...GIT, webhook: true, webhook_secret: "s3cret", redeploy_token: null },
  });
  await card.click("Automatic pulls");
  const webhook = within(await card.view.findByRole("region", { name: "Push webhook" }));
  await card.page.user.click(webhook.getByRole("button", { name: "Create" }));
  assert(await webhook.findByText("s3cret"));
  assertEquals(card.posts(), ["PUT /stacks/12/git"]);
});
