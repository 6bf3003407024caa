/** Pure: the default place of DockStat's data on each system. */
import type { Environment } from "./docker_context.ts";

/**
 * Returns the data folder of a platform.
 *
 * @param os Name as in `Deno.build.os`.
 */
export function defaultDataFolder(env: Environment, os: string): string {
  const home = env["HOME"] ?? env["USERPROFILE"] ?? ".";
  if (os === "windows") return `${env["LOCALAPPDATA"] ?? `${home}/AppData/Local`}/dockstat`;
  if (os === "darwin") return `${home}/Library/Application Support/dockstat`;
  return `${env["XDG_DATA_HOME"] || `${home}/.local/share`}/dockstat`;
}
