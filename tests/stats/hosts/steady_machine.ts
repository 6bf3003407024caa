/** A machine whose numbers grow with each reading. */
import type { MachineAndDisk } from "../../../server/docker/engine.ts";

/** Returns the readings of a machine with half a core of two in use. */
export function steadyMachine(): () => MachineAndDisk {
  let second = 0;
  return () => {
    second++;
    return {
      machine: {
        atMs: Date.now(),
        cpu: { busy: second, total: second * 4, cpus: 2 },
        ...{ memoryBytes: 400, memoryTotalBytes: 1000, load: [0.5, 0.25, 0.1] },
        ...{ networkRxBytes: second * 1000, networkTxBytes: second * 10 },
      },
      disk: { usedBytes: 3000, totalBytes: 9000 },
    };
  };
}
