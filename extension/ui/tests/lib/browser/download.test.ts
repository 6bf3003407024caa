import { TestPage } from "../../dom.ts";
import { assertEquals } from "../../../../../tests/assert.ts";
import { FakeTime } from "../../fakes/time.ts";
import { download } from "../../../src/lib/browser/download.ts";

/** Downloads, and gives what the browser was asked to save. */
function saved(name: string, text: string) {
  const clicks: HTMLAnchorElement[] = [];
  const { click } = HTMLElement.prototype;
  HTMLElement.prototype.click = function (this: HTMLAnchorElement) {
    clicks.push(this);
  };
  try {
    download(name, text);
  } finally {
    HTMLElement.prototype.click = click;
  }
  return clicks;
}

Deno.test("a download saves the text under its name", async () => {
  await using _page = new TestPage();
  using _time = new FakeTime();
  const clicks = saved("shop.log.txt", "one\nzwölf\n");
  assertEquals(clicks.map((link) => link.download), ["shop.log.txt"]);
  const answer = await fetch(clicks[0]!.href);
  assertEquals(await answer.text(), "one\nzwölf\n");
  assertEquals(answer.headers.get("content-type"), "text/plain;charset=utf-8");
});

Deno.test("releases the file after the browser has had time to read it", async () => {
  await using _page = new TestPage();
  using time = new FakeTime();
  const revoked: string[] = [];
  const { revokeObjectURL } = URL;
  URL.revokeObjectURL = (url) => void revoked.push(url);
  try {
    const [link] = saved("a.txt", "a");
    time.tick(9_000);
    assertEquals(revoked, []);
    time.tick(2_000);
    assertEquals(revoked, [link!.href]);
  } finally {
    URL.revokeObjectURL = revokeObjectURL;
  }
});
