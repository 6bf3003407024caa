/** Texts of the page of newer images. */
import type { UpdateState } from "../../../../../server/protocol/images/updates.ts";

/** Texts of the page. */
export const LABELS = {
  title: "Image updates",
  subtitle: "Compares the images of your containers with their registries.",
  check: "Check now",
  checking: "Checking…",
  checkHelp: "Check the registries for the newest image of each tag",
  notChecked: (reason: string) => `Could not check the images: ${reason}`,
  notLoaded: (reason: string) => `Cannot load the images: ${reason}`,
  signIn: "Sign in to see newer images.",
  empty: "No images",
  emptyHint: "Images of running and stopped containers appear here.",
  simulated: "Simulated containers have no images to compare.",
  list: "Images",
  newerTag: (tag: string) => `Version ${tag} is available.`,
  since: (time: string) => `The tag has pointed to a newer image since ${time}.`,
  current: (time: string) => `Checked ${time}.`,
  unknownSince: (time: string) => `Since ${time}.`,
  update: (name: string) => `Update ${name}…`,
  updateHelp: "Review the new image, then pull it and recreate the containers",
  updateTitle: (name: string) => `Update ${name}?`,
  updateText:
    "DockStat pulls the image and recreates the containers of the service, and those that share its network.",
  updateAction: "Update",
  rollback: (name: string) => `Roll back ${name}…`,
  rollbackHelp: "Return to the image that ran before the last update",
  rollbackTitle: (name: string) => `Roll back ${name}?`,
  rollbackText: "DockStat recreates the containers with the previous image, pinned to its digest.",
  rollbackAction: "Roll back",
  undone: (reason: string) => `The last update was undone: ${reason}.`,
  notStarted: (reason: string) => `Could not start the operation: ${reason}`,
  image: "Image",
  runs: "Running digest",
  newest: "New digest",
  previous: "Previous digest",
  unknownDigest: "Unknown",
  source: "Release notes",
  stack: "Open stack",
  allCurrent: "All images are up to date.",
  counts: (newer: number) => newer === 1 ? "1 image has an update." : `${newer} images have updates.`,
} as const;

/** Names of the states. */
export const STATE_LABELS: Readonly<Record<UpdateState, string>> = {
  newer: "Update available",
  unknown: "Unknown",
  current: "Current",
  not_applicable: "Not compared",
};
