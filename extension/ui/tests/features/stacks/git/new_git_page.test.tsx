import { TestPage } from "../../../dom.ts";
import { assertEquals } from "../../../../../../tests/assert.ts";
import NewGitPage from "../../../../src/features/stacks/git/new_git_page.tsx";
import { stack } from "../../../fakes/messages.ts";
import { fakeStackFeed } from "../../../fakes/stack_feed.ts";

Deno.test("creates a stack from the typed repository", async () => {
  const { transport, client, feed } = await fakeStackFeed({ stacks: [] });
  transport.answers["/stacks/git"] = stack();
  await using page = new TestPage(client);
  let view!: ReturnType<TestPage["render"]>;
  await page.act(() => void (view = page.render(<NewGitPage feed={feed} />)));
  const create = view.getByRole("button", { name: "Create and deploy" });
  await page.user.click(create);
  assertEquals(transport.asked.includes("POST /stacks/git"), false);
  await page.user.type(view.getByLabelText(/^Name/), "shop");
  await page.user.type(view.getByLabelText(/^Repository/), "https://git.example.org/shop.git");
  await page.user.click(create);
  assertEquals(transport.asked.filter((request) => request.startsWith("POST")), ["POST /stacks/git"]);
  feed[Symbol.dispose]();
});

Deno.test("reads the address that Git hosts show for ssh, and names the stack for it", async () => {
  const { transport, client, feed } = await fakeStackFeed({ stacks: [] });
  transport.answers["/stacks/git"] = stack();
  await using page = new TestPage(client);
  let view!: ReturnType<TestPage["render"]>;
  await page.act(() => void (view = page.render(<NewGitPage feed={feed} />)));
  await page.user.type(view.getByLabelText(/^Repository/), "git@github.com:team/shop.git");
  view.getByText("Read as ssh://github.com/team/shop.git. Logins are in dockstat.yaml.");
  await page.user.click(view.getByRole("button", { name: "Create" }));
  const git = { url: "ssh://github.com/team/shop.git", branch: "main", path: "" };
  assertEquals(transport.bodies, [{ name: "shop", git, deploy: false }]);
  feed[Symbol.dispose]();
});
