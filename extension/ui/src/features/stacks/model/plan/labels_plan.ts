/** Texts of the review before a deployment. */
import type { ImageUpdate } from "../../../../../../../server/protocol/images/updates.ts";
import type {
  ChangeAction,
  DeploymentPlan,
  PlannedService,
} from "../../../../../../../server/protocol/stacks.ts";
import { formatSpan, formatTime } from "../../../../lib/format.ts";
import type { Mark } from "../labels.ts";

/** Texts of the dialog. */
export const PLAN_LABELS = {
  title: (name: string) => `Deploy “${name}”?`,
  deploy: "Deploy",
  updateTitle: (name: string) => `Update “${name}”?`,
  update: "Update",
  adoptTitle: (name: string) => `Adopt “${name}”?`,
  adopt: "Adopt",
  adoptHint:
    "Adopting changes no container. The files stay where they are, and DockStat edits them from now on.",
  firstDeployment: "The first deployment would make these changes:",
  loading: "Comparing with the containers…",
  failed: "Cannot list the changes",
  nothing: "Nothing changes: the containers match the Compose file.",
  clashes: "Already in use",
  services: "Services",
  images: "Images",
  volumes: "Volumes",
  networks: "Networks",
  keepsVolumes: "No volume is changed or deleted.",
  limits: "Ports used by other programs are unknown.",
  build: "Also builds every image that can be built.",
  recreate: "Also recreates every container.",
} as const;

/** Marks of the changes of a service. */
export const CHANGE_MARKS: Readonly<Record<ChangeAction, Mark>> = {
  create: { word: "Create", tone: "good" },
  recreate: { word: "Recreate", tone: "doubtful" },
  start: { word: "Start", tone: "good" },
  remove: { word: "Remove", tone: "bad" },
  unchanged: { word: "Keep", tone: "quiet" },
  unknown: { word: "Unknown", tone: "doubtful", meaning: "Compose decides this during the deployment" },
};

/** Marks of what happens to an image. */
export const IMAGE_MARKS: Readonly<Record<DeploymentPlan["images"][number]["action"], Mark>> = {
  pull: { word: "Pull", tone: "busy" },
  build: { word: "Build", tone: "busy" },
  keep: { word: "Keep", tone: "quiet" },
  missing: { word: "Missing", tone: "bad", meaning: "The host does not have it, and pull_policy is never" },
};

/** Marks of what happens to a volume or network. */
export const RESOURCE_MARKS: Readonly<Record<DeploymentPlan["volumes"][number]["action"], Mark>> = {
  create: { word: "Create", tone: "good" },
  keep: { word: "Keep", tone: "quiet" },
  unused: { word: "Unused", tone: "quiet", meaning: "No longer named, but kept" },
  missing: { word: "Missing", tone: "bad" },
  unknown: { word: "Unknown", tone: "doubtful" },
};

/** Returns the downtime of a service, such as "about 3 s down" or "up to 10 s to stop"; empty without one. */
export function downtimeLabel({ downtime }: Pick<PlannedService, "downtime">): string {
  if (downtime === null) return "";
  const span = formatSpan(downtime.seconds * 1000);
  return downtime.measured ? `about ${span} down` : `up to ${span} to stop, plus startup`;
}

/** Returns the last answer of a registry, such as "current: 0123456789ab, checked 12:04:31". */
export function updateLabel(
  { state, reason, digest, newestDigest, checkedAt }: Pick<
    ImageUpdate,
    "state" | "reason" | "digest" | "newestDigest" | "checkedAt"
  >,
): string {
  const checked = checkedAt === null ? "" : `, checked ${formatTime(Date.parse(checkedAt))}`;
  if (state === "newer") {
    return `newer image: ${shortDigest(digest)} → ${shortDigest(newestDigest)}${checked}`;
  }
  if (state === "current") return `current: ${shortDigest(digest)}${checked}`;
  return `cannot tell whether it is newer${reason === null ? "" : `: ${reason}`}`;
}

/** Returns the digest of an image as `docker images` shows it, such as "0123456789ab". */
function shortDigest(digest: string | null): string {
  return digest === null ? "unknown" : digest.replace(/^sha256:/, "").slice(0, 12);
}
