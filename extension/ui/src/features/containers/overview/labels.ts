/** Texts of the host cards. */

/** Texts that the cards show. */
export const HOST_LABELS = {
  region: "Hosts",
  cpu: "CPU",
  memory: "Memory",
  disk: "Disk",
  diskHelp: "Show disk usage and free up space",
  fullestDisk: "Fullest disk",
  load: "Load",
  cores: (count: number) => `${count} ${count === 1 ? "core" : "cores"}`,
  ofContainers: "Sum of all containers. The numbers of the host itself are unknown",
  loads: (one: string, five: string, fifteen: string) =>
    `Load average: ${one} in the last minute, ${five} in 5, ${fifteen} in 15`,
  unknown: "Unknown",
  silent: (since: string) => `not reachable since ${since}`,
  all: (count: number) => `All ${count} hosts`,
  onlyHost: "Show only the containers of this host",
  everyHost: "Show the containers of all hosts",
  show: "Show hosts",
  hide: "Hide hosts",
} as const;
