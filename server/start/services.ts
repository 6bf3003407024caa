/** Opens services that need several parts of a server. */
import type { DatabaseSync } from "node:sqlite";
import type { OpenAlertsOptions } from "../alerts/open.ts";
import type { Config } from "../config/config.ts";
import { OutboundClient } from "../outbound/client.ts";
import { loginsOf } from "../registry/logins.ts";
import { Feed } from "../stats/feed.ts";
import { ImageChecks } from "../store/images/image_checks.ts";
import { ImageUpdates } from "../updates/image_updates.ts";
import { OwnContainer, ownFacts } from "../terminal/own_container.ts";
import { Terminals, type TerminalServices } from "../terminal/terminals.ts";
import type { ServeOptions } from "./options.ts";

/** Opens the checks for newer images. */
export function openUpdates(
  { outbound, updates: { daily, loginFolder } }: Config,
  feed: Feed,
  database: DatabaseSync,
): ImageUpdates {
  const checks = new ImageChecks(database);
  const parts = { outbound: new OutboundClient(outbound), findLogin: loginsOf(loginFolder) };
  return new ImageUpdates({ feed, checks, daily, ...parts });
}

/** Opens the terminals in containers. */
export function openTerminals(
  { exec, hostname }: Config,
  parts: Pick<TerminalServices, "containers" | "runner" | "audit">,
  { terminalBounds }: ServeOptions,
): Terminals {
  const own = new OwnContainer(() => ownFacts(hostname));
  return new Terminals({ ...parts, allowed: exec, own }, terminalBounds);
}

/**
 * Returns the options of alerts that the configuration sets.
 *
 * @param url Returns the address of this server, for links.
 */
export function alertOptions(
  { alerts, hosts, outbound, access: { origins, readOnly }, hostname }: Config,
  url: () => string,
): Pick<OpenAlertsOptions, "file" | "allow" | "readOnly" | "hostname" | "base" | "simulated" | "env"> {
  const base = () => origins[0] ?? url();
  const simulated = hosts.filter((host) => host.kind === "simulated");
  const env = (name: string) => Deno.env.get(name);
  return { file: alerts, allow: outbound.allow, readOnly, hostname, base, simulated, env };
}
