/** DockStat's version, read from `deno.json`, the one place that states it. */
import project from "../deno.json" with { type: "json" };

/** Such as "1.2.0". */
export const VERSION: string = project.version;

/** Begins as Docker's own client does: Docker Desktop takes a slow path for clients that it does not know. */
export const USER_AGENT = `Docker-Client/${VERSION} (dockstat)`;
