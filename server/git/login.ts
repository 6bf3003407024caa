/** Addresses, logins and certificates that git uses for one repository. */
import { MissingSecret, readSecret } from "../alerts/channels/secrets.ts";
import type { GitHost } from "../config/git.ts";
import { AppError } from "../errors.ts";
import { isSameEndpoint } from "../outbound/addresses.ts";
import type { OutboundClient } from "../outbound/client.ts";

/** Settings of git for a repository, and the settings of ssh that lie beside it. */
export interface Connection {
  readonly settings: Readonly<Record<string, string>>;
  /** Text of the file that ssh reads instead of the user's. */
  readonly ssh: string;
}

/** Parts that connections are made from. */
export interface ConnectionParts {
  readonly hosts: readonly GitHost[];
  readonly outbound: OutboundClient;
  readonly env: (name: string) => string | undefined;
}

/**
 * Resolves and checks the address of a repository, so that git connects to a checked address, and finds the login for
 * its scheme, host and port.
 *
 * @throws {AppError} "engine-unreachable" for an unknown or refused address, "engine-refused" for a login that cannot
 *   be read.
 */
export async function connectionTo(
  address: string,
  { hosts, outbound, env }: ConnectionParts,
  signal: AbortSignal,
): Promise<Connection> {
  const url = new URL(address);
  const port = Number(url.port) || (url.protocol === "ssh:" ? 22 : 443);
  const resolved = await outbound.resolve(url.hostname, port, signal);
  if (resolved.kind !== "resolved") {
    const why = resolved.kind === "blocked"
      ? `its address is ${resolved.why}, which dockstat.yaml does not allow (outbound: allow)`
      : "its name cannot be resolved";
    throw new AppError("engine-unreachable", `Cannot reach the Git host "${url.host}": ${why}`);
  }
  const host = hosts.find((one) => isSameEndpoint(one.url, address));
  const { addresses } = resolved;
  const { protocol, hostname } = url;
  if (protocol === "ssh:") return { settings: {}, ssh: sshConfig(hostname, port, addresses[0]!, host) };
  return { settings: httpsSettings(url, port, addresses, host, env), ssh: "" };
}

function httpsSettings(
  { hostname, origin }: URL,
  port: number,
  addresses: readonly string[],
  host: GitHost | undefined,
  env: ConnectionParts["env"],
): Record<string, string> {
  const bracketed = addresses.map((one) => one.includes(":") ? `[${one}]` : one);
  const login = host?.password === undefined
    ? undefined
    : `${host.username ?? "git"}:${secretOf(host.password, origin, env)}`;
  const encoded = login === undefined ? undefined : new TextEncoder().encode(login).toBase64();
  return {
    "http.curloptResolve": `${hostname}:${port}:${bracketed.join(",")}`,
    ...encoded === undefined ? {} : { [`http.${origin}/.extraHeader`]: `Authorization: Basic ${encoded}` },
    ...host?.ca === undefined ? {} : { [`http.${origin}/.sslCAInfo`]: host.ca },
  };
}

function secretOf(reference: string, origin: string, env: ConnectionParts["env"]): string {
  try {
    return readSecret(reference, env);
  } catch (error) {
    if (!(error instanceof MissingSecret)) throw error;
    throw new AppError("engine-refused", `Cannot use the login for ${origin}: ${error.message}`);
  }
}

/** Returns settings that use the given key and nothing of the user's. */
function sshConfig(hostname: string, port: number, address: string, host: GitHost | undefined): string {
  const name = hostname.replace(/^\[|\]$/g, "");
  const lines = [
    "Host *",
    `HostName ${address}`,
    `HostKeyAlias ${port === 22 ? name : `[${name}]:${port}`}`,
    `User ${host?.username ?? "git"}`,
    `UserKnownHostsFile ${host?.knownHosts === undefined ? "/dev/null" : `"${host.knownHosts}"`}`,
    `IdentityFile ${host?.key === undefined ? "none" : `"${host.key}"`}`,
    "GlobalKnownHostsFile /dev/null",
    "StrictHostKeyChecking yes",
    "IdentitiesOnly yes",
    "IdentityAgent none",
    "BatchMode yes",
    "ForwardAgent no",
    "PermitLocalCommand no",
    "ProxyCommand none",
    "ConnectTimeout 10",
  ];
  return lines.join("\n") + "\n";
}
