/** Pure: addresses of repositories as people copy them. */
import { nameMistake } from "../editor/server_rules.ts";

const SCP = /^(?:[\w.-]+@)?([\w-]+(?:\.[\w-]+)+):(?!\/\/)\/?(?!\d+\/)(.+)$/;
const BARE = /^[\w-]+(?:\.[\w-]+)+(?::\d+)?\/.+$/;
const SSH_USER = /^ssh:\/\/[\w.-]+@/;

/**
 * Returns the address that the server accepts, such as `ssh://github.com/team/shop.git` for
 * `git@github.com:team/shop.git`; other texts as they are. The user name of ssh comes from the settings of the server.
 */
export function repositoryAddress(text: string): string {
  const address = text.trim();
  const scp = SCP.exec(address);
  if (scp !== null) return `ssh://${scp[1]}/${scp[2]}`;
  return BARE.test(address) ? `https://${address}` : address.replace(SSH_USER, "ssh://");
}

/** Returns a name for a stack from the address of its repository; empty if it gives none. */
export function nameOfRepository(address: string): string {
  const [last = ""] = address.trim().replace(/[?#].*$/, "").replace(/\/+$/, "").split(/[/:]/).slice(-1);
  const name = last.replace(/\.git$/i, "").toLowerCase().replace(/[^a-z0-9_-]+/g, "-").replace(/^[-_]+/, "");
  return name === "" || nameMistake(name) !== undefined ? "" : name;
}
