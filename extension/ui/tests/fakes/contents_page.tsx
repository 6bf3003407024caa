/** Pages about the files and versions of stack 12 on the fake server. */
import { TestPage } from "../dom.ts";
import StacksPage from "../../src/features/stacks/stacks_page.tsx";
import { stack } from "./messages.ts";
import { fakeStackFeed, type FakeStacks } from "./stack_feed.ts";

/** Renders the page at `#/stacks/12/PATH`. */
export async function openContents(
  path: readonly string[],
  answers: Readonly<Record<string, unknown>>,
  about: FakeStacks["about"] = {},
) {
  const { transport, client, feed } = await fakeStackFeed({ stacks: [stack()], about });
  Object.assign(transport.answers, answers);
  const page = new TestPage(client);
  let view!: ReturnType<TestPage["render"]>;
  await page.act(() =>
    void (view = page.render(
      <StacksPage feed={feed} path={["12", ...path]} logs={(host, project) => `${host}/${project}`} />,
    ))
  );
  return {
    transport,
    page,
    view,
    click: async (name: string | RegExp) => page.user.click(await view.findByRole("button", { name })),
    changes: () =>
      transport.asked.filter((request) => !request.startsWith("GET") && !request.endsWith("/draft")),
    async [Symbol.asyncDispose]() {
      await page[Symbol.asyncDispose]();
      feed[Symbol.dispose]();
    },
  };
}
