/** The page of a stack on the fake server. */
import { TestPage } from "../dom.ts";
import { StackPage } from "../../src/features/stacks/detail/stack_page.tsx";
import { fakeStackFeed, type FakeStacks } from "./stack_feed.ts";

/** Renders the page of stack 12, or of the one with the given key. */
export async function openStackPage(server: FakeStacks, { stackKey = "#12", isRead = true } = {}) {
  const { transport, client, feed } = await fakeStackFeed(server, isRead);
  transport.answers["/operations?stack_id=12"] = server.operations ?? [];
  const page = new TestPage(client);
  let view!: ReturnType<TestPage["render"]>;
  await page.act(() => void (view = page.render(<StackPage feed={feed} stackKey={stackKey} />)));
  return {
    transport,
    feed,
    page,
    view,
    posts: () => transport.asked.filter((request) => !request.startsWith("GET")),
    async [Symbol.asyncDispose]() {
      await page[Symbol.asyncDispose]();
      feed[Symbol.dispose]();
    },
  };
}
