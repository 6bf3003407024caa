/** The page of a stack on the fake server. */
import { TestPage, within } from "../dom.ts";
import { StackPage } from "../../src/features/stacks/detail/stack_page.tsx";
import type { Readings } from "../../src/features/stacks/model/readings.ts";
import { plan } from "./messages.ts";
import { fakeStackFeed, type FakeStacks } from "./stack_feed.ts";

/** Renders the page of stack 12, or of the one with the given key. */
export async function openStackPage(server: FakeStacks, { stackKey = "#12", isRead = true, readings }: {
  readonly stackKey?: string;
  readonly isRead?: boolean;
  readonly readings?: Readings;
} = {}) {
  const { transport, client, feed } = await fakeStackFeed(server, isRead, readings);
  transport.answers["/operations?stack_id=12"] = server.operations ?? [];
  transport.answers["/stacks/plan"] = plan();
  const page = new TestPage(client);
  let view!: ReturnType<TestPage["render"]>;
  await page.act(() => void (view = page.render(<StackPage feed={feed} stackKey={stackKey} />)));
  return {
    transport,
    feed,
    page,
    view,
    /** Opens the menu of the stack, and chooses an entry. */
    choose: async (entry: RegExp) => {
      await page.user.click(view.getByRole("button", { name: /^More actions for (shop|legacy)$/ }));
      await page.user.click(await view.findByRole("menuitem", { name: entry }));
    },
    /** Confirms the open review of a deployment, or that of the button's operation. */
    confirm: async (button = "Deploy") => {
      const dialog = within(await view.findByRole("dialog"));
      await dialog.findByText("web");
      await page.user.click(dialog.getByRole("button", { name: button }));
    },
    posts: () =>
      transport.asked.filter((request) => !request.startsWith("GET") && request !== "POST /stacks/plan"),
    async [Symbol.asyncDispose]() {
      await page[Symbol.asyncDispose]();
      feed[Symbol.dispose]();
    },
  };
}
