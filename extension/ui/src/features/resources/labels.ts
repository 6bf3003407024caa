/** Texts of images, volumes and networks. */
import type { PruneKind } from "../../../../../server/protocol/resources/prune.ts";
import type { ListedKind } from "../../../../../server/protocol/resources/resources.ts";
import { formatBytes } from "../../lib/format.ts";

/** Views of this page by their route. */
export const KIND_VIEWS = ["images", "volumes", "networks"] as const;

/** One of {@linkcode KIND_VIEWS}. */
export type KindView = (typeof KIND_VIEWS)[number];

/** Names of the views. */
export const VIEW_LABELS: Readonly<Record<KindView, string>> = {
  images: "Images",
  volumes: "Volumes",
  networks: "Networks",
};

/** Texts of the lists. */
export const LABELS = {
  title: "Images, volumes and networks",
  views: "Kinds",
  filters: "Use",
  filter: { all: "All", unused: "Unused", used: "In use" },
  search: "Search",
  searchHint: "Name, project or container",
  host: "Host",
  allHosts: "All hosts",
  name: "Name",
  size: "Size",
  subnets: "Subnets",
  created: "Age",
  usedBy: "Used by",
  actions: "Actions",
  unknown: "unknown",
  unused: "Unused",
  untagged: "Untagged",
  anonymous: "Anonymous volume",
  predefined: "Part of the engine",
  more: (count: number) => `and ${count} more`,
  showMore: (count: number) => `Show ${count} more`,
  remove: (name: string) => `Remove ${name}`,
  removeHelp: "Remove",
  total: (count: number, bytes: number | null) =>
    `${count} ${count === 1 ? "item" : "items"}${bytes === null ? "" : ` · ${formatBytes(bytes)}`}`,
  failed: (hostId: string, reason: string) => `Host “${hostId}”: ${reason}`,
  retry: "Retry",
  emptyTitle: (view: KindView) => `No ${view}`,
  emptyText: {
    images: "Pull or build an image.",
    volumes: "Stacks create volumes when they start.",
    networks: "",
  },
  noMatches: "No matches",
  clear: "Clear filters",
  signIn: "Sign in to see images, volumes and networks",
  signInText: "“dockstat token” prints the token, in a checkout “deno task token”.",
  simulated: "Simulated hosts cannot be changed.",
  busy: "Another removal is running.",
  engineNetwork: "This network is part of the engine.",
  usedByOne: (name: string) => `Container “${name}” uses it.`,
  usedByMany: (count: number) => `${count} containers use it.`,
  cleanUp: "Clean up…",
} as const;

/** Texts of the dialog that removes one item. */
export const REMOVAL = {
  title: (kind: ListedKind, name: string) => `Remove ${kind} “${name}”?`,
  action: "Remove",
  host: (hostId: string) => `On host “${hostId}”.`,
  lost: {
    image: "This cannot be undone. To use the image again, pull or build it.",
    volume: "All data in this volume is lost. This cannot be undone.",
    network: "This cannot be undone. A deployment of its stack creates the network again.",
  },
  tags: "These tags are removed:",
  onlyTag: "Remove only this tag",
  allTags: "Remove the image with all its tags",
  frees: (bytes: number) => `This frees ${formatBytes(bytes)}.`,
} as const;

/** Texts of the dialog that removes what is not used. */
export const CLEANUP = {
  title: "Clean up",
  intro: "No container in any state uses these. Only the selected items are removed. This cannot be undone.",
  loading: "Listing unused items…",
  nothing: "Nothing to clean up on this host.",
  kinds: {
    container: "Stopped containers",
    image: "Untagged images",
    network: "Unused networks",
    volume: "Unused volumes",
  } satisfies Readonly<Record<PruneKind, string>>,
  volumesHelp: "Volumes hold data, so none is selected. A removed volume cannot be restored.",
  logsHelp: "The last lines of their logs are kept in the events.",
  count: (count: number, bytes: number | null) =>
    `${count}${bytes === null || bytes === 0 ? "" : ` · ${formatBytes(bytes)}`}`,
  remove: (count: number) => count === 0 ? "Remove" : `Remove ${count} ${count === 1 ? "item" : "items"}`,
  // Layers that only the removed images share are not part of the sizes.
  frees: (count: number, bytes: number, hostId: string, hasImages: boolean) =>
    `${count} ${count === 1 ? "item" : "items"} selected on host “${hostId}”, frees ${
      hasImages ? "at least " : ""
    }${formatBytes(bytes)}`,
  orMore: (reason: string) => `Some sizes are missing. ${reason}`,
  removing: "Removing…",
  listAgain: "List again",
  close: "Close",
  cancel: "Cancel",
  stop: "Stop",
} as const;
