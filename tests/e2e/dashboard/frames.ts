/** Changes the frames of `/docker/stats` on their way to the page, to show situations that an engine rarely has. */
import type { Page } from "playwright-core";

/** A container in a frame with `detail=full`. */
export type Container = Record<string, unknown> & { readonly name: string };

/** Situation that the page is shown. */
export interface Scene {
  /** Returns the properties of a container to change. */
  readonly change?: (container: Container) => Readonly<Record<string, unknown>>;
  /** Frame of a host with its usage, sent after each frame of containers. */
  readonly host?: Readonly<Record<string, unknown>>;
}

/** Shows a scene on a page that has not been opened yet; the scene may change afterwards. */
export async function showScene(page: Page, scene: Scene): Promise<void> {
  await page.routeWebSocket(/\/docker\/stats/, (socket) => {
    const server = socket.connectToServer();
    socket.onMessage((text) => server.send(text));
    server.onMessage((text) => {
      const frame: unknown = JSON.parse(String(text));
      if (!Array.isArray(frame)) return socket.send(text);
      const changed = frame.map((one: Container) => ({ ...one, ...scene.change?.(one) }));
      socket.send(JSON.stringify(changed));
      if (scene.host !== undefined) {
        socket.send(JSON.stringify({ ...scene.host, timestamp: new Date().toISOString() }));
      }
    });
  });
}

/** Usage of a host with a quiet CPU. */
export const QUIET_HOST = {
  hostId: "Simulated",
  hostCpuUsage: 72,
  onlineCpus: 4,
  hostMemoryBytes: 5.1 * 1024 ** 3,
  hostMemoryTotalBytes: 8 * 1024 ** 3,
  load1: 0.62,
  load5: 0.5,
  load15: 0.4,
  diskUsedBytes: 41 * 1024 ** 3,
  diskTotalBytes: 100 * 1024 ** 3,
  networkRxBytes: 1,
  networkTxBytes: 1,
} as const;
