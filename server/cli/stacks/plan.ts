/** Pure: the tables of everything that a deployment would change. */
import { printable } from "../../log/format.ts";
import type { DeploymentPlan, PlannedResource, PlannedService } from "../../protocol/stacks.ts";
import { aligned } from "../aligned.ts";

/** Text of the action that is not its own name. */
const UNKNOWN = "cannot tell";

/** Renders a plan as lines: a table of each kind that has entries, then the conflicts. */
export function renderPlan({ services, images, volumes, networks, clashes }: DeploymentPlan): string[] {
  const tables = [
    table(["SERVICE", "DEPLOYMENT", "DOWNTIME", "REASON"], services.map(serviceRow)),
    table(
      ["IMAGE", "DEPLOYMENT", "SERVICES"],
      images.map(({ image, action, services }) => [image, action, services.join(", ")]),
    ),
    table(["VOLUME", "DEPLOYMENT", "REASON"], volumes.map(resourceRow)),
    table(["NETWORK", "DEPLOYMENT", "REASON"], networks.map(resourceRow)),
    table(["CONFLICT", "REASON"], clashes.map(({ service, message }) => [service ?? "-", message])),
  ].filter((lines) => lines.length > 0);
  return tables.flatMap((lines, index) => index === 0 ? lines : ["", ...lines]);
}

/** A table without rows has no lines. */
function table(titles: readonly string[], rows: readonly (readonly string[])[]): string[] {
  return rows.length === 0 ? [] : aligned([titles, ...rows.map((row) => row.map(printable))]);
}

function serviceRow({ service, action, downtime, reasons }: PlannedService): string[] {
  return [service, actionText(action), downtimeText(downtime), reasons.map(withoutPrefix).join("; ")];
}

function resourceRow({ name, action, reason }: PlannedResource): string[] {
  return [name, actionText(action), withoutPrefix(reason ?? "")];
}

function actionText(action: string): string {
  return action === "unknown" ? UNKNOWN : action;
}

/** The reason of an unknown change repeats its action. */
function withoutPrefix(reason: string): string {
  return reason.startsWith(`${UNKNOWN}: `) ? reason.slice(UNKNOWN.length + 2) : reason;
}

function downtimeText(downtime: PlannedService["downtime"]): string {
  if (downtime === null) return "-";
  const span = `${Number(downtime.seconds.toFixed(1))} s`;
  return downtime.measured ? `about ${span}` : `up to ${span}, plus startup`;
}
