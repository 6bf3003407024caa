import { TestPage, within } from "../../dom.ts";
import { assertEquals, eventually } from "../../../../../tests/assert.ts";
import ContainerOutput from "../../../src/features/output/container_output.tsx";
import { fakeClient } from "../../fakes/client.ts";
import { at } from "../../fakes/messages.ts";

const ID = "a".repeat(64);

function lineAt(seconds: number, message: string) {
  return { timestamp: at(seconds), message, stream: "stdout", containerId: ID, hostId: "nas" };
}

/** A log with two loaded lines, whose address has a query. */
function open(query: string) {
  location.hash = `#/containers/nas/${ID}/logs?${query}`;
  const { transport, client } = fakeClient();
  const page = new TestPage(client);
  const view = page.render(<ContainerOutput hostId="nas" containerId={ID} name="web" />);
  const send = (frame: unknown) => page.act(() => transport.newest.listener.frame(JSON.stringify(frame)));
  const button = (name: string) => view.findByRole("button", { name });
  return { transport, page, view, send, button };
}

Deno.test("a link with a search opens only the socket of the log", async () => {
  const { transport, page, view, send } = open("q=needle");
  await using _ = page;
  await send([lineAt(0, "a needle"), lineAt(1, "hay")]);
  await eventually("the lines", () => view.queryAllByRole("listitem").length === 2);
  assertEquals(transport.channels.map(({ path }) => path.includes("scan")), [false]);
});

Deno.test("a button searches the whole log, and a hit leads to its place", async () => {
  const { transport, page, view, send, button } = open("q=needle");
  await using _ = page;
  await send([lineAt(500, "hay")]);
  await page.user.click(await button("Search whole log"));
  const cursor = `${at(1)}_0`;
  await send([{ ...lineAt(1, "INFO needle"), cursor }]);
  await send({ scanned: 1000, found: 1, at: at(2), done: true, next: null });
  const panel = within(await view.findByRole("region", { name: "Search of the whole log" }));
  assertEquals(panel.getByRole("status").textContent, "1 match in 1,000 lines");
  await page.user.click(panel.getByRole("button", { name: /INFO needle/ }));
  await eventually(
    "the lines around the line",
    () => transport.asked.find((path) => path.includes(`around=`)),
  );
  const asked = transport.asked.map((path) => new URLSearchParams(path.split("?")[1]).get("around"));
  assertEquals(asked.includes(cursor), true);
});

Deno.test("cancelling closes the search's socket", async () => {
  const { transport, page, button } = open("q=needle");
  await using _ = page;
  await page.user.click(await button("Search whole log"));
  const search = transport.newest;
  await page.user.click(await button("Cancel"));
  assertEquals([search.path.includes("scan=1"), search.closed], [true, true]);
});

Deno.test("another query asks to search again", async () => {
  const { page, view, send, button } = open("q=needle");
  await using _ = page;
  await page.user.click(await button("Search whole log"));
  await send({ scanned: 5, found: 0, at: null, done: true, next: null });
  await eventually("the end", () => view.queryByRole("button", { name: "Search whole log" }) === null);
  await page.user.type(view.getByRole("textbox", { name: "Search the lines" }), "x");
  await button("Search whole log");
});

Deno.test("closing removes the hits", async () => {
  const { page, view, send, button } = open("q=needle");
  await using _ = page;
  await page.user.click(await button("Search whole log"));
  await send([{ ...lineAt(1, "needle"), cursor: `${at(1)}_0` }]);
  await page.user.click(await button("Close the search"));
  await eventually(
    "no hits",
    () => view.queryByRole("group", { name: "Matches in the whole log" }) === null,
  );
});
