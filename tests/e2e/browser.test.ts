import { assertEquals, assertRejects } from "../assert.ts";
import { run } from "../../tools/engine/run.ts";
import { assertAccessible, browserTest, LAUNCHER, openBrowser } from "./browser.ts";

/** Serves one page with the strict policy of DockStat. */
function servePage(html: string, status = 200) {
  const headers = { "content-type": "text/html", "content-security-policy": "default-src 'self'" };
  const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen: () => {} }, ({ url }) => {
    const script = new URL(url).pathname === "/error.js";
    return script
      ? new Response('console.error("it broke")', { headers: { "content-type": "text/javascript" } })
      : new Response(html, { status, headers });
  });
  return {
    url: `http://127.0.0.1:${server.addr.port}/`,
    [Symbol.asyncDispose]: () => server.shutdown(),
  };
}

const page = (body: string) =>
  `<!doctype html><html lang="en"><title>A page</title><link rel="icon" href="data:,"><main>${body}</main></html>`;
const CLEAN = page("<h1>Clean</h1>");

browserTest("a page that logs an error fails when its browser closes", async () => {
  await using server = servePage(`${CLEAN}<script src="/error.js"></script>`);
  await assertRejects(
    async () => {
      await using browser = await openBrowser();
      await browser.page(server.url, { mayLog: /data:/ });
    },
    Error,
    "it broke",
  );
});

browserTest("an expected error of a page does not fail the test", async () => {
  await using server = servePage(`${CLEAN}<script src="/error.js"></script>`);
  await using browser = await openBrowser();
  await browser.page(server.url, { mayLog: /broke|data:/ });
});

browserTest("findings of axe name rule, place and remedy", async () => {
  await using server = servePage(page('<h1>A</h1><img src="/x.png" class="bare">'));
  await using browser = await openBrowser();
  const opened = await browser.page(server.url, { mayLog: /data:/ });
  await assertRejects(
    () => assertAccessible(opened),
    Error,
    "image-alt: img: Images must have alternative text",
  );
});

browserTest("shows a page in the requested theme", async () => {
  await using server = servePage(CLEAN);
  await using browser = await openBrowser();
  for (const theme of ["light", "dark"] as const) {
    const opened = await browser.page(server.url, { theme, mayLog: /data:/ });
    assertEquals(await opened.evaluate(`matchMedia("(prefers-color-scheme: ${theme})").matches`), true);
    await assertAccessible(opened);
  }
});

browserTest("a refused page fails with the message of the server", async () => {
  await using server = servePage("no such page here", 404);
  await using browser = await openBrowser();
  await assertRejects(
    () => browser.page(server.url, { mayLog: /404/ }),
    Error,
    "404: no such page here",
  );
});

Deno.test({
  name: "a browser on Linux cannot read news of network interfaces, which would abort its requests",
  ignore: Deno.build.os !== "linux",
  async fn() {
    const start = (program: string, ...args: string[]) =>
      run(LAUNCHER, args, { env: { DOCKSTAT_TEST_PROGRAM: program } });
    await assertRejects(() => start("/usr/bin/env", "ip", "link"), Error, "Cannot open netlink socket");
    assertEquals(await start("/bin/echo", "its", "arguments"), "its arguments");
  },
});
