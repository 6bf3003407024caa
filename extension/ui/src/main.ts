/** Entry point of the page: opens the sockets before the code of the view runs. */
import { watchInstallPrompt } from "./app/install/install_prompt.ts";
import { themeChoice } from "./app/theme_choice.ts";
import { StackFeed } from "./features/stacks/model/stack_feed.ts";
import { StatsFeed } from "./features/containers/model/stats_feed.ts";
import { BrowserTransport } from "./lib/transport/browser_transport.ts";
import { Client } from "./lib/client.ts";
import { loadWithRetry } from "./lib/load_with_retry.ts";
import { Session, sessionStorageOf, tokenOf } from "./lib/session.ts";
import { signInWithRetry } from "./lib/sign_in.ts";
import { type DesktopClient, desktopClient } from "./lib/transport/desktop.ts";
import type { Transport } from "./lib/transport/transport.ts";

/** Longest time for which the first rendering waits for rows, and then for their hosts, ms. */
const FIRST_ROWS_MS = 50;

watchInstallPrompt(globalThis);
// The view imports this module, so an `await` at its top level would never end.
void start(desktopClient());

async function start(desktop: DesktopClient | undefined): Promise<void> {
  if (desktop === undefined) document.documentElement.dataset["theme"] = themeChoice.value;
  const client = new Client(await openTransport(desktop), desktop);
  const stats = new StatsFeed(client);
  const feeds = { stats, stacks: new StackFeed(client, undefined, undefined, stats) };
  const { hiddenProjects } = stats;
  hiddenProjects.subscribe(() => feeds.stacks.hidden.set(hiddenProjects.value));
  // The document has requested this code. While it runs, the answers to the sockets arrive.
  const { renderPage } = await loadWithRetry(() => import("./app/render_page.tsx"));
  await firstRows(stats);
  renderPage(document.getElementById("root")!, client, feeds);
}

/** Waits briefly for the first rows, which saves rendering the page without them. The document shows a frame meanwhile. */
async function firstRows({ view, hosts }: StatsFeed): Promise<void> {
  if (view.value.rows.length === 0) await view.changed(FIRST_ROWS_MS);
  if (view.value.rows.length > 0 && hosts.value === undefined) await hosts.changed(FIRST_ROWS_MS);
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
