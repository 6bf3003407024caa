/** The page's beginning: the way to the server, the feeds, and the first rendering. */
import { DockerMuiV6ThemeProvider } from "@docker/docker-mui-theme";
import { createRoot } from "react-dom/client";
import { App } from "./app/app.tsx";
import { supplyThemes } from "./app/theme.ts";
import { StackFeed } from "./features/stacks/model/stack_feed.ts";
import { StatsFeed } from "./features/containers/model/stats_feed.ts";
import { BrowserTransport } from "./lib/transport/browser_transport.ts";
import { Client, ClientProvider } from "./lib/client.ts";
import { desktopClient } from "./lib/transport/desktop.ts";
import { DesktopTransport } from "./lib/transport/desktop_transport.ts";

supplyThemes();
const desktop = desktopClient();
const transport = desktop === undefined
  ? new BrowserTransport(new URL("./", location.href).href)
  : new DesktopTransport(desktop, { origin: location.origin, protocol: location.protocol });
const client = new Client(transport, desktop);
const feeds = { stats: new StatsFeed(client), stacks: new StackFeed(client) };

createRoot(document.getElementById("root")!).render(
  <DockerMuiV6ThemeProvider>
    <ClientProvider value={client}>
      <App feeds={feeds} />
    </ClientProvider>
  </DockerMuiV6ThemeProvider>,
);
