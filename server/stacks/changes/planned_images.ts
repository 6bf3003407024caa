/** Pure: the images that a deployment would pull or build. */
import type { PlannedImage } from "../../protocol/stacks.ts";

/** Policies that pull an image although there is one. */
const PULLS = /^(always|daily|weekly|every_)/;

/** The image of a service. */
export interface ServiceImage {
  readonly service: string;
  readonly image: string;
  /** True if the service has a `build` section. */
  readonly builds: boolean;
  /** True if its `build` section or context differs from the last deployment. */
  readonly isStale: boolean;
  /** `pull_policy` of the service; empty for the default. */
  readonly pullPolicy: string;
  /** True if the host has the image. */
  readonly exists: boolean;
}

/** Lists the images by name; services that share one are listed together. */
export function plannedImages(services: readonly ServiceImage[]): PlannedImage[] {
  const images = Map.groupBy(services, ({ image }) => image);
  return [...images].sort(([one], [other]) => one < other ? -1 : 1).map(([image, users]) => ({
    image,
    action: actionOf(users),
    services: users.map(({ service }) => service).sort(),
  }));
}

function actionOf(users: readonly ServiceImage[]): PlannedImage["action"] {
  if (users.some((one) => one.isStale || one.builds && (!one.exists || one.pullPolicy === "build"))) {
    return "build";
  }
  if (users.some(({ builds, pullPolicy }) => !builds && PULLS.test(pullPolicy))) return "pull";
  if (users.every(({ exists }) => exists)) return "keep";
  return users.some(({ pullPolicy }) => pullPolicy === "never") ? "missing" : "pull";
}

/** Reports whether a policy pulls an image although there is one. */
export function mayPull(pullPolicy: string): boolean {
  return PULLS.test(pullPolicy);
}

/** Reports whether an update pulls an image; Compose leaves out images that are built, and obeys the policy. */
export function pullsOnUpdate(
  { image, builds, pullPolicy, exists }: Omit<ServiceImage, "service" | "isStale">,
): boolean {
  // A digest always names the same image.
  if (builds || exists && image.includes("@")) return false;
  if (pullPolicy === "missing" || pullPolicy === "if_not_present") return !exists;
  return pullPolicy !== "never" && pullPolicy !== "build";
}
