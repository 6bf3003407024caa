/** What programs that we start are given of our environment. */
import type { Environment } from "./docker_context.ts";

/** Variables of a program that we start. */
export type ChildEnvironment = Readonly<Record<string, string>>;

/** What Compose needs of our environment, and no more: what is set in it would reach into every stack. */
export function baseEnvironment(env: Environment): ChildEnvironment {
  const kept: Record<string, string> = {};
  for (const name of KEPT) if (env[name]) kept[name] = env[name];
  return kept;
}

/** Programs, registry logins, ssh keys, proxies, and what Windows cannot do without. */
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
