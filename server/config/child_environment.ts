/** Environment variables that child processes receive. */
import type { Environment } from "./docker_context.ts";

/** Variables of a child process. */
export type ChildEnvironment = Readonly<Record<string, string>>;

/** Keeps the variables that Compose needs; any other variable would reach into every stack. */
export function baseEnvironment(env: Environment): ChildEnvironment {
  const kept: Record<string, string> = {};
  for (const name of KEPT) if (env[name]) kept[name] = env[name];
  return kept;
}

/** Variables for finding programs, registry logins, ssh keys and proxies, and those that Windows requires. */
const KEPT = [
  "PATH",
  "HOME",
  "DOCKER_CONFIG",
  "SSH_AUTH_SOCK",
  "HTTP_PROXY",
  "HTTPS_PROXY",
  "NO_PROXY",
  "http_proxy",
  "https_proxy",
  "no_proxy",
  "TMPDIR",
  "USERPROFILE",
  "SystemRoot",
  "TEMP",
  "TMP",
  "PATHEXT",
];
