/** Texts of a container's page. */

/** Texts of the heading and the tabs. */
export const PAGE_LABELS = {
  allAlerts: "All alerts",
  containers: "Containers",
  path: "Path",
  stack: (name: string) => `Stack ${name}`,
  tabs: (name: string) => `Pages of ${name}`,
  logs: "Logs",
  stats: "Stats",
  details: "Details",
  terminal: "Terminal",
  content: (tab: string, name: string) => `${tab} of ${name}`,
  restarts: (count: number) => `${count} ${count === 1 ? "restart" : "restarts"}`,
  cpu: "CPU",
  memory: "Memory",
  host: "Host",
  ports: "Ports",
  ofLimit: (limit: string) => `of ${limit}`,
  sameStack: "Same stack:",
  siblings: (project: string) => `Other containers of ${project}`,
  checkFailed: (output: string) => `Health check: ${output}`,
  unknown: "–",
} as const;
