/** Processes of containers on this machine, which DockStat can end where it has all permissions. */

/** Ends processes of containers on the machine of DockStat. */
export interface HostProcesses {
  /**
   * Kills a process of a container, and all of its session in this container.
   *
   * @param pid Id of the process on the engine's machine.
   * @param containerId The full id.
   * @returns false if DockStat does not see this process in this container, or may not end it.
   */
  kill(pid: number, containerId: string): boolean;
}

/** The processes that `/proc` shows. */
export class VisibleProcesses implements HostProcesses {
  constructor(
    readonly folder: string = "/proc",
    readonly send: (pid: number) => void = (pid) => Deno.kill(pid, "SIGKILL"),
  ) {}

  kill(pid: number, containerId: string): boolean {
    // Without the permission, the runtime would ask on a terminal.
    if (Deno.permissions.querySync({ name: "run" }).state !== "granted") return false;
    try {
      const session = this.#sessionIn(containerId, String(pid));
      if (session === undefined || session <= 1) return false;
      for (const { name } of Deno.readDirSync(this.folder)) {
        if (/^\d+$/.test(name) && this.#sessionIn(containerId, name) === session) this.#end(Number(name));
      }
      return true;
    } catch {
      // The runtime opens /proc for a program with all permissions only.
      return false;
    }
  }

  /** Returns the session of a process of the container; `undefined` for any other process. */
  #sessionIn(containerId: string, pid: string): number | undefined {
    try {
      const groups = Deno.readTextFileSync(`${this.folder}/${pid}/cgroup`);
      if (!isIn(groups, containerId)) return undefined;
      const stat = Deno.readTextFileSync(`${this.folder}/${pid}/stat`);
      // A process chooses its name, which may contain spaces and brackets.
      const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
      return Number(fields[3]);
    } catch (error) {
      if (error instanceof Deno.errors.NotFound) return undefined;
      throw error;
    }
  }

  #end(pid: number): void {
    try {
      this.send(pid);
    } catch (error) {
      if (!(error instanceof Deno.errors.NotFound)) throw error;
    }
  }
}

/** Returns true if the first id of a container in the paths of a process is this one. */
function isIn(groups: string, containerId: string): boolean {
  const [, first] = /(?:^|[/-])([0-9a-f]{64})(?=\.scope|\/|$)/m.exec(groups) ?? [];
  return first === containerId;
}
