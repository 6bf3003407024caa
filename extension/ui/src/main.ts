/** Entry point of the page: opens the sockets while the code of the view is still loading. */
import { watchInstallPrompt } from "./app/install/install_prompt.ts";
import { StackFeed } from "./features/stacks/model/stack_feed.ts";
import { StatsFeed } from "./features/containers/model/stats_feed.ts";
import { BrowserTransport } from "./lib/transport/browser_transport.ts";
import { Client } from "./lib/client.ts";
import { loadWithRetry } from "./lib/load_with_retry.ts";
import { Session, sessionStorageOf, tokenOf } from "./lib/session.ts";
import { signInWithRetry } from "./lib/sign_in.ts";
import { type DesktopClient, desktopClient } from "./lib/transport/desktop.ts";
import type { Transport } from "./lib/transport/transport.ts";

watchInstallPrompt(globalThis);
// The view imports this module, so an `await` at its top level would never end.
void start(desktopClient());

async function start(desktop: DesktopClient | undefined): Promise<void> {
  const loading = loadWithRetry(() => import("./app/render_page.tsx"));
  const client = new Client(await openTransport(desktop), desktop);
  const stats = new StatsFeed(client);
  const feeds = { stats, stacks: new StackFeed(client, undefined, undefined, stats) };
  const { hiddenProjects } = stats;
  hiddenProjects.subscribe(() => feeds.stacks.hidden.set(hiddenProjects.value));
  const { renderPage } = await loading;
  renderPage(document.getElementById("root")!, client, feeds);
}

/** Returns the transport, signed in if the address has a token. */
async function openTransport(desktop: DesktopClient | undefined): Promise<Transport> {
  if (desktop !== undefined) {
    const { DesktopTransport } = await loadWithRetry(() => import("./lib/transport/desktop_transport.ts"));
    return new DesktopTransport(desktop, { origin: location.origin, protocol: location.protocol });
  }
  const base = new URL("./", location.href).href;
  const transport = new BrowserTransport(base, new Session(sessionStorageOf(globalThis, base)));
  await signInByLink(transport);
  return transport;
}

/** Signs in with the token of the printed link, and removes it from the address first. */
async function signInByLink(browser: BrowserTransport): Promise<void> {
  const linked = tokenOf(location.hash);
  if (linked === undefined) return;
  history.replaceState(null, "", location.pathname + linked.rest);
  await signInWithRetry(() => browser.signIn(linked.token));
}
