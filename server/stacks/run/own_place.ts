/** Place where DockStat runs, and whether an engine works on the same files. */
import type { Container } from "../../docker/container.ts";
import type { Endpoint } from "../../config/docker_context.ts";
import type { Engine } from "../../docker/engine.ts";
import { reason } from "../../errors.ts";
import { getLogger } from "../../log/log.ts";
import { readText } from "../../store/files.ts";
import { fieldsOf, textOf } from "../../untrusted_json.ts";

const log = getLogger(["dockstat", "stacks"]);

/** Where DockStat runs. */
export interface OwnPlace {
  readonly inContainer: boolean;
  /** Name of this machine; in a container its short id unless another name was given. */
  readonly hostname: string | undefined;
}

/** Reports whether an engine sees other folders than DockStat: it is remote, or DockStat runs in one of its containers. */
export function seesOtherFolders(
  { url }: Endpoint,
  { inContainer, hostname }: OwnPlace,
  containers: readonly Pick<Container, "id">[],
): boolean {
  if (!/^(unix|npipe):/.test(url)) return true;
  if (!inContainer) return false;
  const isShortId = hostname !== undefined && /^[0-9a-f]{12}$/.test(hostname);
  // An engine in the same container as DockStat does not list that container.
  return !isShortId || containers.some(({ id }) => id.startsWith(hostname));
}

/** Longest wait for the facts of an engine, ms. */
const PATIENCE_MS = 2000;
/** Longest file with the id of an engine, in bytes. */
const LONGEST_ID = 1000;

/** Reports whether an engine of this machine works on the same files as DockStat: its own folder has its id. */
export async function sharesFiles(engine: Engine | undefined): Promise<boolean> {
  try {
    const call = { method: "GET", path: "/info" } as const;
    const { ID, DockerRootDir } = fieldsOf(await engine?.call(call, AbortSignal.timeout(PATIENCE_MS)));
    const [id, folder] = [textOf(ID), textOf(DockerRootDir)];
    if (!id || !folder) return false;
    return (await readText(`${folder}/engine-id`, LONGEST_ID))?.trim() === id;
  } catch (error) {
    log.debug("Cannot compare the files of the engine with DockStat's: {error}", { error: reason(error) });
    return false;
  }
}

/** Returns the place where DockStat runs. */
export function ownPlace(): OwnPlace {
  return { inContainer: runsInContainer(), hostname: Deno.env.get("HOSTNAME") };
}

/** Reports whether DockStat runs in a container. */
export function runsInContainer(): boolean {
  return ["/.dockerenv", "/run/.containerenv"].some((path) => {
    try {
      return Deno.statSync(path).isFile;
    } catch {
      // Without access to the file this cannot be a container that matters here.
      return false;
    }
  });
}
