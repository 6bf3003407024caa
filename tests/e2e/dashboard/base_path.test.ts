/** The dashboard under a path, behind a real nginx. */
import { serve } from "../../../server/serve.ts";
import { assert, assertEquals } from "../../assert.ts";
import { freePort } from "../../free_port.ts";
import { testConfig } from "../../client.ts";
import { browserTest, openBrowser, SIGNED_OUT, signOut } from "../browser.ts";
import { findNginx, NGINX_MISSING } from "../../../tools/engine/extras.ts";
import { FORWARD, startNginx } from "../../fakes/nginx.ts";

const PROXIES = [
  { what: "a proxy that passes the base path on", basePath: "/dockstat", target: "" },
  { what: "a proxy that strips the path", basePath: "", target: "/" },
] as const;

const missing = findNginx() === undefined ? NGINX_MISSING : undefined;

for (const { what, basePath, target } of PROXIES) {
  browserTest(`signs in and shows live containers behind ${what}`, async () => {
    const port = freePort();
    const proxy = `http://127.0.0.1:${port}`;
    const config = testConfig([{ kind: "simulated", id: "Simulated", containers: 3, seed: 1 }], {
      listen: { host: "127.0.0.1", port: 0, socket: undefined, basePath },
    });
    await using server = await serve(config);
    const to = `${new URL(server.url).origin}${target}`;
    await using _proxy = await startNginx(
      port,
      `location /dockstat/ { proxy_pass ${to}; ${FORWARD} }`,
    );
    await using browser = await openBrowser();
    const page = await browser.page("about:blank", { mayLog: SIGNED_OUT });
    const requested: string[] = [];
    page.on("request", (request) => requested.push(request.url()));
    page.on("websocket", (socket) => requested.push(socket.url().replace(/^ws/, "http")));
    await page.goto(`${proxy}/dockstat/${new URL(server.link).hash}`);
    await page.getByRole("row").nth(1).waitFor();
    await page.getByRole("button", { name: "Settings" }).click();
    await page.getByRole("menuitem", { name: "Sign out" }).waitFor();
    await page.keyboard.press("Escape");
    assert(requested.some((url) => url.includes("/docker/stats")));
    assertEquals(requested.filter((url) => !url.startsWith(`${proxy}/dockstat/`)), []);
    assertEquals(
      await page.evaluate(
        `["localStorage", "sessionStorage"].map((name) => "dockstat.session" in window[name])`,
      ),
      [false, true],
    );
    await page.evaluate('localStorage.setItem("of another application", "1")');
    await signOut(page);
    assertEquals(
      await page.evaluate('["dockstat.session" in sessionStorage, "of another application" in localStorage]'),
      [false, true],
    );
  }, missing);
}
