/** Entry point of the page: creates the transport and the feeds, and renders the app. */
import { createRoot } from "react-dom/client";
import { App } from "./app/app.tsx";
import { watchInstallPrompt } from "./app/install/install_prompt.ts";
import { PageThemeProvider } from "./app/page_theme.tsx";
import { StackFeed } from "./features/stacks/model/stack_feed.ts";
import { StatsFeed } from "./features/containers/model/stats_feed.ts";
import { BrowserTransport } from "./lib/transport/browser_transport.ts";
import { Client, ClientProvider } from "./lib/client.ts";
import { Session, sessionStorageOf, tokenOf } from "./lib/session.ts";
import { signInWithRetry } from "./lib/sign_in.ts";
import { desktopClient } from "./lib/transport/desktop.ts";
import { DesktopTransport } from "./lib/transport/desktop_transport.ts";

const desktop = desktopClient();
const base = new URL("./", location.href).href;
const transport = desktop === undefined
  ? new BrowserTransport(base, new Session(sessionStorageOf(globalThis, base)))
  : new DesktopTransport(desktop, { origin: location.origin, protocol: location.protocol });
if (transport.kind === "browser") await signInByLink(transport);
const client = new Client(transport, desktop);
const stats = new StatsFeed(client);
const feeds = { stats, stacks: new StackFeed(client, undefined, undefined, stats) };
const { hiddenProjects } = stats;
watchInstallPrompt(globalThis);
hiddenProjects.subscribe(() => feeds.stacks.hidden.set(hiddenProjects.value));

/** Signs in with the token of the printed link, and removes it from the address first. */
async function signInByLink(browser: BrowserTransport): Promise<void> {
  const linked = tokenOf(location.hash);
  if (linked === undefined) return;
  history.replaceState(null, "", location.pathname + linked.rest);
  await signInWithRetry(() => browser.signIn(linked.token));
}

createRoot(document.getElementById("root")!).render(
  <PageThemeProvider>
    <ClientProvider value={client}>
      <App feeds={feeds} />
    </ClientProvider>
  </PageThemeProvider>,
);
