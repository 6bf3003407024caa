/** Logins that the Docker CLI has stored for registries. */
import { fieldsOf, textOf } from "../untrusted_json.ts";

/** Returns the credentials for a registry, as the value after `Basic`; `undefined` without a login. */
export type FindLogin = (registry: string) => Promise<string | undefined>;

/** Largest configuration that is read, bytes. */
const MOST_BYTES = 1_048_576;

/** Key of Docker Hub in the file. */
const HUB_KEYS: readonly string[] = [
  "https://index.docker.io/v1/",
  "index.docker.io",
  "docker.io",
  "registry-1.docker.io",
];

/**
 * Reads logins from `config.json` in a folder, again for each registry since `docker login` changes it. Credential
 * helpers are programs, which are not run: their registries are read without a login.
 */
export function loginsOf(folder: string | undefined): FindLogin {
  return async (registry) => loginIn(await readConfig(folder), registry);
}

/** Reports whether the Docker CLI has logins to any registry; its credential helpers are not asked. */
export async function hasLogins(folder: string | undefined): Promise<boolean> {
  const config = fieldsOf(await readConfig(folder));
  const { auths, credHelpers, credsStore } = config;
  return textOf(credsStore) !== undefined ||
    [auths, credHelpers].some((logins) => Object.keys(fieldsOf(logins)).length > 0);
}

/** Reads the settings of the Docker CLI; `undefined` for a file that only the Docker CLI can read, or none. */
async function readConfig(folder: string | undefined): Promise<unknown> {
  if (folder === undefined) return undefined;
  try {
    const path = `${folder}/config.json`;
    if ((await Deno.stat(path)).size > MOST_BYTES) return undefined;
    return JSON.parse(await Deno.readTextFile(path));
  } catch {
    return undefined;
  }
}

/** Pure: finds the login of one registry; no other registry's is ever returned. */
export function loginIn(config: unknown, registry: string): string | undefined {
  const auths = fieldsOf(fieldsOf(config)["auths"]);
  const keys = registry === "docker.io"
    ? HUB_KEYS
    : [registry, `https://${registry}`, `https://${registry}/`];
  for (const key of keys) {
    const auth = Object.hasOwn(auths, key) ? textOf(fieldsOf(auths[key])["auth"]) : undefined;
    if (auth !== undefined && /^[A-Za-z0-9+/]+={0,2}$/.test(auth)) return auth;
  }
  return undefined;
}
