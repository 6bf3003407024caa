/** DockStat's version, read from `deno.json`; a test holds all other places to it. */
import project from "../deno.json" with { type: "json" };

/** Version such as "1.2.0". */
export const VERSION: string = project.version;

/** Starts like that of Docker's own client, because Docker Desktop takes a slow path for unknown clients. */
export const USER_AGENT = `Docker-Client/${VERSION} (dockstat)`;
