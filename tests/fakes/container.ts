/** Fake containers. */
import type { Container } from "../../server/docker/container.ts";

/** Creates a container with default values, changed as a test needs. */
export function fakeContainer(name: string, changes: Partial<Container> = {}): Container {
  return {
    id: idOf(name),
    name,
    image: "busybox:1",
    state: "running",
    startedAt: Date.now() - 7_200_000,
    finishedAt: null,
    pid: null,
    exitCode: 0,
    health: null,
    healthOutput: null,
    project: null,
    service: null,
    composeFolder: null,
    composeFiles: null,
    composeEnvFiles: null,
    number: null,
    createdAt: null,
    writableFolders: "",
    oneOff: false,
    endedBy: null,
    publishedAddresses: "",
    portPairs: "",
    restarts: false,
    outOfMemory: false,
    ...{ cpuLimit: null, memoryLimited: false, restartCount: 0, networkOf: null },
    listedStatus: "Up 2 hours",
    inspected: true,
    ...changes,
  };
}

/** Returns the id for a name: 64 hex digits that start with the codes of its letters. */
export function idOf(name: string): string {
  return [...name].map((letter) => letter.charCodeAt(0).toString(16)).join("").padEnd(64, "0").slice(0, 64);
}
