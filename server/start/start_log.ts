/** Messages of a server about its start. */
import { listenAddress } from "../address.ts";
import type { PluginSocket } from "../compose/plugin_socket.ts";
import type { RememberedVersions } from "../compose/remembered_versions.ts";
import { type Config, copyable } from "../config/config.ts";
import { deniesAccess } from "../docker/engine_error.ts";
import { getLogger } from "../log/log.ts";
import { networkUrls } from "../listen/network.ts";
import type { Feed } from "../stats/feed.ts";

const log = getLogger(["dockstat"]);

/** Parts of a server that has started. */
interface Started {
  /** URL without the token. */
  readonly url: string;
  readonly feed: Feed;
  readonly versions: RememberedVersions;
  /** Present if the server runs stacks. */
  readonly pluginSocket: PluginSocket | undefined;
}

/** Logs where the server listens, which Compose it uses, and what is missing. */
export function reportStart(config: Config, { url, feed, versions, pluginSocket }: Started): void {
  logPlaces(config, url);
  if (pluginSocket !== undefined) {
    versions.report();
    pluginSocket.warnOfOthers();
  }
  hintWithoutEngine(feed).catch((error) => log.error("Cannot check the engines: {error}", { error }));
}

function logPlaces({ listen: { host, basePath } }: Config, url: string): void {
  log.info("Listening on {place}", { place: listenAddress(host, url) });
  const others = networkUrls(host, url);
  if (others.length > 0) log.info("Other machines can open {others}", { others: others.join(" or ") });
  if (!basePath) return;
  log.info(
    "Every application on the same origin can act as a user of the dashboard (--base-path {basePath})",
    { basePath },
  );
}

/** Logs what to do when no engine answers after the start. */
async function hintWithoutEngine(feed: Feed): Promise<void> {
  await feed.settled();
  // An engine that denies access exists; its own error says what to do.
  const answers = feed.reports().some(({ state }) => state !== "down");
  if (answers || feed.failures().some(deniesAccess)) return;
  const hint = copyable(
    'No engine answers. Start Docker, install an engine with "deno task engine" (Debian, Ubuntu), or try ' +
      '"deno task demo". DockStat keeps retrying',
  );
  log.warn("{hint}", { hint });
}
