/** The API that Docker Desktop provides to the page. */
import type { v1 } from "@docker/extension-api-client-types";

/** Docker Desktop's extension client. */
export type DesktopClient = v1.DockerDesktopClient;

declare global {
  interface Window {
    /** Set by Docker Desktop before the page's code runs. */
    readonly ddClient?: DesktopClient;
  }
}

/** Returns Docker Desktop's client; `undefined` in a plain browser. */
export function desktopClient(): DesktopClient | undefined {
  const client = globalThis.window?.ddClient;
  return client?.extension?.vm?.service === undefined ? undefined : client;
}
