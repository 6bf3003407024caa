/** Pure: the page of `dockstat containers show`. */
import { printable } from "../../log/format.ts";
import type { ContainerDetails } from "../../protocol/containers.ts";
import { aligned } from "../aligned.ts";
import { byteText } from "../byte_text.ts";

type Row = readonly [label: string, text: string];

/** Renders the details as lines. Lists follow below, each under its heading. */
export function renderDetails(details: ContainerDetails): string[] {
  const facts = [...identity(details), ...runtime(details)].filter(([, text]) => text !== "");
  const sections: readonly Row[] = [
    ["Ports", lines(details.ports.map(portText))],
    ["Mounts", lines(details.mounts.map(mountText))],
    ["Networks", lines(details.networks.map(networkText))],
    ["Environment", lines(details.env.map(variableText))],
    ["Labels", lines(Object.entries(details.labels).map(([name, value]) => `${name}=${value}`))],
    ["Health checks", lines((details.health?.log ?? []).map(checkText))],
  ];
  return [
    ...aligned(facts.map(([label, text]) => [label, printable(text)])),
    ...sections.filter(([, text]) => text !== "").flatMap(([heading, text]) => ["", heading, text]),
  ];
}

function identity(details: ContainerDetails): readonly Row[] {
  const { id, name, hostId, image, imageDigest, created, project, service, number, stack_id } = details;
  const owner = [
    project,
    service === null ? null : `service ${service}`,
    number === null ? null : `container ${number}`,
    stack_id === null ? null : `stack ${stack_id}`,
  ];
  return [
    ["Name", name],
    ["ID", id],
    ["Host", hostId],
    ["Image", image ?? ""],
    ["Digest", imageDigest ?? ""],
    ["Created", created ?? ""],
    ["Project", joined(owner)],
  ];
}

function runtime(details: ContainerDetails): readonly Row[] {
  const { status, state, startedAt, finishedAt, exitCode, oomKilled } = details;
  const { entrypoint, command, workingDir, user, networkMode, logDriver } = details;
  const hasEnded = state === "exited" || state === "dead";
  return [
    ["Status", status],
    ["Started", startedAt ?? ""],
    ["Finished", hasEnded ? finishedAt ?? "" : ""],
    ["Exit code", hasEnded ? joined([exitCode?.toString() ?? null, oomKilled ? "out of memory" : null]) : ""],
    ["Restart", restartText(details)],
    ["Command", [...entrypoint ?? [], ...command ?? []].map(quotedWord).join(" ")],
    ["Folder", workingDir ?? ""],
    ["User", user ?? ""],
    ["Limits", limitsText(details)],
    ["Rights", rightsText(details)],
    ["Network", networkMode ?? ""],
    ["Log driver", logDriver ?? ""],
    ["Options", joined(details.options.map(({ option, value }) => `${option} ${value}`.trim()))],
  ];
}

function restartText({ restartPolicy: { name, maximumRetryCount }, restartCount }: ContainerDetails): string {
  return joined([
    name,
    maximumRetryCount ? `${maximumRetryCount} times at most` : null,
    restartCount ? `restarted ${restartCount} times` : null,
  ]);
}

function limitsText({ limits }: ContainerDetails): string {
  const { cpus, memoryBytes, memorySwapBytes, memoryReservationBytes, pids } = limits;
  const bytes = (value: number | null, what: string) => value === null ? null : `${byteText(value)} ${what}`;
  return joined([
    cpus === null ? null : `${cpus} cores`,
    bytes(memoryBytes, "memory"),
    bytes(memorySwapBytes, "memory and swap"),
    bytes(memoryReservationBytes, "reserved"),
    pids === null ? null : `${pids} processes`,
  ]) || "none";
}

function rightsText({ privileged, readOnlyRootfs, capAdd, capDrop }: ContainerDetails): string {
  return joined([
    privileged ? "privileged" : null,
    readOnlyRootfs ? "read-only root" : null,
    ...(capAdd ?? []).map((name) => `+${name}`),
    ...(capDrop ?? []).map((name) => `-${name}`),
  ]);
}

function portText(port: ContainerDetails["ports"][number]): string {
  const inside = `${port.private}/${port.protocol}`;
  if (port.public === null) return `${inside} (not published)`;
  const address = port.hostAddress === null ? "" : `${port.hostAddress}:`;
  return `${address}${port.public} -> ${inside}`;
}

function mountText(
  { type, source, name, destination, readOnly }: ContainerDetails["mounts"][number],
): string {
  return `${type ?? "mount"} ${name ?? source ?? ""} -> ${destination ?? ""}${
    readOnly ? " (read-only)" : ""
  }`;
}

function networkText({ name, address, ip6, aliases }: ContainerDetails["networks"][number]): string {
  const also = (aliases ?? []).length === 0 ? null : `as ${aliases?.join(", ")}`;
  return [name, address, ip6, also].filter((part) => part !== null).join(" ");
}

function variableText({ name, value, masked }: ContainerDetails["env"][number]): string {
  return masked ? `${name} (hidden)` : `${name}=${value ?? ""}`;
}

function checkText(check: NonNullable<ContainerDetails["health"]>["log"][number]): string {
  const [line = ""] = (check.output ?? "").trim().split("\n", 1);
  return `${check.end ?? check.start ?? ""} exit code ${check.exitCode ?? "unknown"} ${line}`.trim();
}

function lines(texts: readonly string[]): string {
  return texts.map((text) => `  ${printable(text)}`).join("\n");
}

function joined(parts: readonly (string | null)[]): string {
  return parts.filter((part) => part !== null && part !== "").join(", ");
}

/** Quotes an argument with blanks, so that the arguments can be told apart. */
function quotedWord(text: string): string {
  return /^[^\s"']+$/.test(text) ? text : JSON.stringify(text);
}
