import { assert, assertEquals } from "../../../../../../tests/assert.ts";
import { BrowserNotices } from "../../../../src/features/alerts/notices/browser_notices.ts";
import { FakeTransport } from "../../../fakes/transport.ts";
import { alert, rule } from "../messages.ts";

function open(deliver: string[]) {
  const transport = new FakeTransport();
  transport.answers["/alerts/rules"] = [rule({ deliver })];
  transport.answers["/alerts/channels"] = [{ id: "here", name: "Here", kind: "browser", source: "stored" }];
  const shown: string[][] = [];
  return { transport, shown, notices: new BrowserNotices(transport, (...texts) => void shown.push(texts)) };
}

Deno.test("a new alert is shown once, and those of before are not", async () => {
  const { shown, notices } = open(["here"]);
  await notices.take([alert({ id: "old" })]);
  for (let round = 0; round < 3; round++) await notices.take([alert({ id: "old" }), alert({ id: "new" })]);
  assertEquals(shown.map(([, , tag]) => tag), ["new"]);
});

Deno.test("an alert that is delivered elsewhere is not shown", async () => {
  const { shown, notices } = open(["phone"]);
  await notices.take([]);
  await notices.take([alert()]);
  assertEquals(shown, []);
});

Deno.test("texts are plain and short, and the link is made from ids", async () => {
  const { shown, notices } = open(["here"]);
  await notices.take([]);
  const name = `\u202e<b>${"x".repeat(10_000)}`;
  await notices.take([alert({ name, page: "javascript:alert(1)", hostId: "n/as", containerId: "12" })]);
  const [title = "", , , route] = shown[0]!;
  assert(title.length <= 200 && !title.includes("\u202e"));
  assertEquals(route, "#/containers/n%2Fas/12");
});
