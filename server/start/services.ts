/** Opens services that need several parts of a server. */
import { resolve } from "../runtime/path.ts";
import type { OpenAlertsOptions } from "../alerts/open.ts";
import type { Config } from "../config/config.ts";
import { AutomaticPulls } from "../git/automatic.ts";
import { GitStacks } from "../git/git_stacks.ts";
import type { GitParts } from "../git/parts.ts";
import { GitProgram } from "../git/program.ts";
import { GitRemotes, type Remotes } from "../git/repository.ts";
import { Webhooks } from "../git/webhook.ts";
import { OutboundClient } from "../outbound/client.ts";
import { currentMetrics, type MetricsSources } from "../routes/metrics.ts";
import type { GitServices } from "../routes/stack_git.ts";
import { GitRows } from "../store/git/git_rows.ts";
import { removeTree } from "../store/files.ts";
import type { DataPlace } from "./stored_data.ts";
import { loginsOf } from "../registry/logins.ts";
import { Feed } from "../stats/feed.ts";
import { ImageChecks } from "../store/images/image_checks.ts";
import type { OpenStacks } from "../stacks/open.ts";
import { Nightly } from "../updates/automatic/nightly.ts";
import { ImageTags } from "../updates/image_tags.ts";
import { ImageUpdates } from "../updates/image_updates.ts";
import { ManagedServices } from "../updates/managed_services.ts";
import { Returns } from "../updates/returns.ts";
import { OwnContainer, ownFacts } from "../terminal/own_container.ts";
import { Terminals, type TerminalServices } from "../terminal/terminals.ts";
import type { ServeOptions } from "./options.ts";

/** Parts of stacks that updates of images use. */
type Operated = Pick<OpenStacks, "stacks" | "store" | "runner" | "imageUpdates" | "database"> & {
  /** True when another server uses the data folder, which then runs the automatic updates. */
  readonly shared: boolean;
};

/** The checks for newer images, and the updates that they lead to. */
export interface OpenedUpdates {
  readonly updates: ImageUpdates;
  readonly returns: Returns;
  readonly tags: ImageTags;
}

/** Opens the checks for newer images, and automatic updates, which the stack disposes. */
export function openUpdates(
  stack: AsyncDisposableStack,
  { outbound, updates: { daily, loginFolder, night, healthyMs }, access: { readOnly } }: Config,
  feed: Feed,
  { database, shared, ...operated }: Operated,
): OpenedUpdates {
  const managed = new ManagedServices(operated);
  const checks = new ImageChecks(database);
  const registry = { outbound: new OutboundClient(outbound), findLogin: loginsOf(loginFolder) };
  const updates = stack.use(new ImageUpdates({ feed, checks, managed, daily, ...registry }));
  const parts = { feed, updates, managed, healthyMs, window: night, ...operated };
  if (!readOnly && !shared) stack.use(new Nightly(parts));
  const tags = new ImageTags({ feed, store: operated.store, ...registry });
  return { updates, returns: new Returns(operated), tags };
}

/** Opens the stacks from Git. */
export async function openGit(
  stack: AsyncDisposableStack,
  config: Config,
  { stacks, editor, database }: Pick<OpenStacks, "stacks" | "editor" | "database">,
  { stores, shared }: DataPlace,
  options: ServeOptions,
): Promise<GitServices["git"]> {
  const folder = `${resolve(config.data)}/git`;
  // Repositories exist during a fetch only: a killed server has left the rest.
  if (stores && !shared) await removeTree(folder);
  const rows = new GitRows(database);
  const remotes = stores ? options.remotes ?? remotesIn(folder, config) : undefined;
  const own: GitParts = { stacks, editor, parts: editor.parts, rows, remotes };
  const pulls = stack.use(new AutomaticPulls(new GitStacks(own), options.gitClock));
  return { stacks: pulls.git, pulls, webhooks: new Webhooks(pulls) };
}

function remotesIn(folder: string, { env, outbound, gitHosts = [] }: Config): Remotes {
  const parts = {
    hosts: gitHosts,
    outbound: new OutboundClient(outbound),
    env: (name: string) => Deno.env.get(name),
  };
  return new GitRemotes(folder, new GitProgram(env["PATH"] ?? "/usr/bin:/bin"), parts);
}

/** Exports the metrics if the configuration names a receiver; only then the exporter is loaded. */
export async function openOtlp(
  stack: AsyncDisposableStack,
  { otlp, outbound, hostname }: Config,
  sources: MetricsSources,
): Promise<void> {
  if (otlp === undefined) return;
  const { OtlpExporter } = await import("../otlp/exporter.ts");
  stack.use(
    new OtlpExporter({
      settings: otlp,
      outbound: new OutboundClient(outbound),
      metrics: () => currentMetrics(sources),
      env: (name) => Deno.env.get(name),
      instance: hostname ?? crypto.randomUUID(),
    }),
  );
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
