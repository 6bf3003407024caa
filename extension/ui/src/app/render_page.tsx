import { createRoot } from "react-dom/client";
import { type Client, ClientProvider } from "../lib/client.ts";
import { App, type Feeds } from "./app.tsx";
import { PageThemeProvider } from "./page_theme.tsx";
import { preloadWhenIdle } from "./preload.ts";

/** Renders the page into an element. */
export function renderPage(root: Element, client: Client, feeds: Feeds): void {
  createRoot(root).render(
    <PageThemeProvider>
      <ClientProvider value={client}>
        <App feeds={feeds} />
      </ClientProvider>
    </PageThemeProvider>,
  );
  preloadWhenIdle();
}
