/** Pure: texts of a container's details. */
import type { ContainerDetails } from "../../../../../../server/protocol/containers.ts";
import { formatBytes, formatTime } from "../../../lib/format.ts";
import { hrefTo } from "../../../lib/route.ts";
import { DETAIL_LABELS } from "./labels_details.ts";
import { shellWord } from "./shell_quote.ts";

/** Time of a container that never started or ended. */
const NEVER = "0001-01-01";

/** Formats a moment; `null` without one. */
export function momentText(moment: string | null): string | null {
  return moment === null || moment.startsWith(NEVER) ? null : formatTime(Date.parse(moment));
}

/** Joins the parts of a command, with quotes around those that a shell would split. */
export function commandText(parts: readonly string[] | null): string | null {
  return parts === null || parts.length === 0 ? null : parts.map(shellWord).join(" ");
}

/** Shortens a digest or an id, such as "nginx@sha256:0123456789ab". */
export function shortDigest(digest: string | null): string | null {
  return digest === null ? null : digest.replace(/([0-9a-f]{12})[0-9a-f]{52}$/, "$1");
}

/** Returns a restart policy as Docker writes it, such as "on-failure:3". */
export function policyText({ name, maximumRetryCount }: ContainerDetails["restartPolicy"]): string {
  const policy = name === null || name === "" ? "no" : name;
  return policy === "on-failure" && maximumRetryCount ? `${policy}:${maximumRetryCount}` : policy;
}

/** Returns the exit code, and if the container ran out of memory; `null` while it runs. */
export function exitText({ exitCode, oomKilled, state }: ContainerDetails): string | null {
  if (exitCode === null || state !== "exited" && state !== "dead") return null;
  return oomKilled === true ? DETAIL_LABELS.outOfMemory(exitCode) : String(exitCode);
}

/** Returns a limit in bytes. */
export function bytesLimit(bytes: number | null): string {
  return bytes === null ? DETAIL_LABELS.noLimit : bytes === -1 ? "Unlimited" : formatBytes(bytes);
}

/** Returns the page of a container's stack or project; `undefined` without a project. */
export function stackLink(
  { stack_id, project, hostId }: Pick<ContainerDetails, "stack_id" | "project" | "hostId">,
): string | undefined {
  if (stack_id !== null) return hrefTo("stacks", stack_id);
  return project === null ? undefined : hrefTo("stacks", "project", hostId, project);
}

/** Returns the link to the list of images or volumes of a host, filtered by a name. */
export function resourceLink(view: "images" | "volumes", hostId: string, name: string): string {
  return `${hrefTo("resources", view)}?${new URLSearchParams({ host: hostId, q: name })}`;
}
