/** Texts of the editor of swarm stacks. */

/** Texts of the editor. */
export const SWARM_LABELS = {
  back: "← Swarm",
  newTitle: "New swarm stack",
  title: (name: string) => `Swarm stack ${name}`,
  where: (hostId: string) => `Manager “${hostId}”`,
  deploy: "Deploy",
  cancel: "Cancel",
  starting: "Checking the texts…",
  notLoaded: (reason: string) => `Cannot load the texts: ${reason}`,
  version: (version: number, time: string) => `Version ${version}, ${time}`,
  versions: "Version",
  replace: "Replace the stack of this name",
  replaceHint:
    "The swarm has a stack of this name that DockStat did not deploy. Services that are not in the text " +
    "are removed.",
  progress: "Progress",
  running: "A deployment is running.",
} as const;
