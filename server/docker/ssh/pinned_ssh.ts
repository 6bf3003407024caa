/** Options with which ssh connects to a checked address, and does not resolve the name again. */
import { AppError, reason } from "../../errors.ts";

/** Settings of ssh for a host. */
interface Settings {
  readonly hostname: string;
  readonly port: string;
  /** True where the user's settings choose the way: another name, a jump host, a program. */
  readonly rerouted: boolean;
  /** True where the user's settings name the entry of the host's key. */
  readonly hasAlias: boolean;
}

/**
 * Returns the options that pin ssh to an address. The user's settings win: where they lead elsewhere, nothing is pinned.
 *
 * @param address The checked address; `undefined` for a name that only ssh may know.
 * @param command The ssh program.
 * @throws {AppError} "engine-unreachable" for a name that neither the system nor the user's settings know.
 */
export async function pinnedSshOptions(
  url: URL,
  address: string | undefined,
  signal: AbortSignal,
  command = "ssh",
): Promise<readonly string[]> {
  const { hostname, port, rerouted, hasAlias } = await settingsOf(url, signal, command);
  if (rerouted) return [];
  if (address === undefined) {
    throw new AppError("engine-unreachable", `the name ${hostname} does not resolve`);
  }
  // Host keys are stored under the name, with a port other than 22 in brackets.
  const alias = port === "22" ? hostname : `[${hostname}]:${port}`;
  return [`HostName=${address}`, ...hasAlias ? [] : [`HostKeyAlias=${alias}`]];
}

async function settingsOf(url: URL, signal: AbortSignal, command: string): Promise<Settings> {
  const name = url.hostname.replace(/^\[|\]$/g, "").toLowerCase();
  const text = await printedSettings(url, name, signal, command);
  const value = (key: string) => new RegExp(`^${key} (.+)$`, "m").exec(text)?.[1];
  const isSet = (key: string) => ![undefined, "none"].includes(value(key));
  const hostname = value("hostname")?.toLowerCase() ?? name;
  return {
    hostname,
    port: value("port") ?? "22",
    rerouted: hostname !== name || isSet("proxyjump") || isSet("proxycommand"),
    hasAlias: isSet("hostkeyalias"),
  };
}

async function printedSettings(
  url: URL,
  name: string,
  signal: AbortSignal,
  command: string,
): Promise<string> {
  const args = [
    "-G",
    ...url.port ? ["-p", url.port] : [],
    ...url.username ? ["-l", decodeURIComponent(url.username)] : [],
    ...["--", name],
  ];
  try {
    const ssh = new Deno.Command(command, { args, stdin: "null", stdout: "piped", stderr: "null", signal });
    const { stdout } = await ssh.output();
    return new TextDecoder().decode(stdout);
  } catch (cause) {
    throw new AppError("engine-unreachable", `Cannot start ssh: ${reason(cause)}`, { cause });
  }
}
