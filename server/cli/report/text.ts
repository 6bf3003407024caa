/** Pure: the report as text. */
import { humanDuration } from "../../docker/text/human_duration.ts";
import { printable } from "../../log/format.ts";
import type { Finding, Report } from "../../protocol/past/report.ts";
import { localTime } from "../events/line.ts";

/** Longest printed message. */
const LONGEST_MESSAGE = 200;

/** Formats a report for a terminal, in local time. */
export function reportText({ since, until, restarted, failed, grew, ranOut, complete }: Report): string {
  const parts = [
    ...section("Restarted", restarted, timesOf),
    ...section("Failed", failed, failureOf),
    ...section("Grew", grew, ({ kind, from, to }) => `${kind} from ${from} % to ${to} %`),
    ...section("Ran out", ranOut, shortageOf),
  ];
  const found = parts.length === 0 ? ["", "Nothing restarted, failed, grew or ran out."] : parts;
  const hint = complete ? [] : ["", "Without the token, messages and what grew are left out."];
  return [`${localTime(since)} to ${localTime(until)}`, ...found, ...hint, ""].join("\n");
}

function section(title: string, findings: readonly Finding[], text: (finding: Finding) => string): string[] {
  if (findings.length === 0) return [];
  const lines = findings.map((finding) => {
    const { hostId, name, message } = finding;
    const place = name === null ? hostId : `${hostId}/${name}`;
    const said = message?.trim().slice(0, LONGEST_MESSAGE) ?? "";
    const shown = said === "" ? "" : `: ${said}`;
    return printable(`  ${place}  ${text(finding)}${shown}`);
  });
  return ["", title, ...lines];
}

function failureOf(finding: Finding): string {
  const { kind, exitCode, action, durationMs } = finding;
  if (kind === "outage") {
    return `could not be read for ${humanDuration(durationMs ?? 0).toLowerCase()}, ${timesOf(finding)}`;
  }
  if (kind === "exit") return `exited with code ${exitCode}, ${timesOf(finding)}`;
  return `${kind === "unhealthy" ? "unhealthy" : `${action ?? "operation"} failed`}, ${timesOf(finding)}`;
}

function shortageOf(finding: Finding): string {
  const { kind, to, last } = finding;
  return kind === "oom"
    ? `memory: killed ${timesOf(finding)}`
    : `${kind}: ${to} % used, last ${localTime(last)}`;
}

function timesOf({ count, last }: Finding): string {
  return `${count === 1 ? "once" : `${count} times`}, last ${localTime(last)}`;
}
