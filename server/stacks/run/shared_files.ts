/** Finds out whether an engine works on the same files as DockStat. */
import type { Engine } from "../../docker/engine.ts";
import { reason } from "../../errors.ts";
import { getLogger } from "../../log/log.ts";
import { readText } from "../../store/files.ts";
import { fieldsOf, textOf } from "../../untrusted_json.ts";

const log = getLogger(["dockstat", "stacks"]);

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
