/** Pure: the lines of the review before a deployment. */
import type { ImageUpdate } from "../../../../../../../server/protocol/images/updates.ts";
import type { DeploymentPlan } from "../../../../../../../server/protocol/stacks.ts";
import type { Mark } from "../labels.ts";
import {
  CHANGE_MARKS,
  downtimeLabel,
  IMAGE_MARKS,
  PLAN_LABELS,
  RESOURCE_MARKS,
  updateLabel,
} from "./labels_plan.ts";

/** One line of the review. */
export interface PlanLine {
  readonly mark: Mark;
  readonly name: string;
  readonly detail: string;
}

/** Lines with a common heading. */
export interface PlanGroup {
  readonly title: string;
  readonly lines: readonly PlanLine[];
}

/**
 * Returns the lines of a plan by kind; what stays is one line per kind, and kinds without changes are left out.
 *
 * @param updates Images of the host with the last answers of their registries, for images that are pulled.
 */
export function planGroups(
  { services, images, volumes, networks }: DeploymentPlan,
  updates: readonly ImageUpdate[] = [],
): readonly PlanGroup[] {
  const groups = [
    {
      title: PLAN_LABELS.services,
      lines: services.map((service) => ({
        mark: CHANGE_MARKS[service.action],
        name: service.service,
        detail: [...service.reasons.map(withoutMark), downtimeLabel(service)].filter(Boolean).join(" · "),
      })),
    },
    {
      title: PLAN_LABELS.images,
      lines: images.map(({ image, action, services }) => ({
        mark: IMAGE_MARKS[action],
        name: image,
        detail: [services.join(", "), action === "pull" ? newerLabel(image, updates) : ""]
          .filter(Boolean).join(" · "),
      })),
    },
    { title: PLAN_LABELS.volumes, lines: volumes.map(resourceLine) },
    { title: PLAN_LABELS.networks, lines: networks.map(resourceLine) },
  ];
  return groups.map(({ title, lines }) => ({ title, lines: merged(lines) }))
    .filter(({ title, lines }) => title === PLAN_LABELS.services || lines.some(({ mark }) => !isKept(mark)));
}

/** Reports whether a deployment would change nothing at all. */
export function changesNothing({ services, images, volumes, networks }: DeploymentPlan): boolean {
  return services.every(({ action }) => action === "unchanged") &&
    images.every(({ action }) => action === "keep") &&
    [...volumes, ...networks].every(({ action }) => action === "keep" || action === "unused");
}

function resourceLine({ name, action, reason }: DeploymentPlan["volumes"][number]): PlanLine {
  return { mark: RESOURCE_MARKS[action], name, detail: withoutMark(reason ?? "") };
}

/** Returns the last answer of an image's registry; the containers may name the image without the tag `latest`. */
function newerLabel(image: string, updates: readonly ImageUpdate[]): string {
  const nameOf = (name: string) => name.replace(/:latest$/, "");
  const found = updates.find((update) => nameOf(update.image) === nameOf(image));
  return found === undefined ? "" : updateLabel(found);
}

/** The mark "Unknown" makes this part of a reason redundant. */
function withoutMark(reason: string): string {
  return reason.replace(/^cannot tell: /, "");
}

/** Joins the lines of what stays. */
function merged(lines: readonly PlanLine[]): readonly PlanLine[] {
  const kept = lines.filter(({ mark, detail }) => isKept(mark) && detail === "");
  const others = lines.filter((line) => !kept.includes(line));
  if (kept.length === 0) return others;
  return [...others, { mark: kept[0]!.mark, name: kept.map(({ name }) => name).join(", "), detail: "" }];
}

function isKept({ word }: Mark): boolean {
  return word === CHANGE_MARKS.unchanged.word;
}
