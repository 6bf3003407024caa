/** Pure: the objects of alerts, and the rules that apply to them. */
import type { Container } from "../../docker/container.ts";
import type { Rule, RuleMatch } from "../../protocol/alerts/rule.ts";

/** An object that an alert is about; a host has no container, a stack neither. */
export interface Subject {
  readonly hostId: string | null;
  readonly containerId: string | null;
  /** Name of the container, the stack or the host. */
  readonly name: string | null;
  readonly project: string | null;
  readonly service: string | null;
}

/** Returns the subject of a container. */
export function containerSubject(hostId: string, container: Container): Subject {
  const { id, name, project, service } = container;
  return { hostId, containerId: id, name, project, service };
}

/** Returns the subject of a host. */
export function hostSubject(hostId: string): Subject {
  return { hostId, containerId: null, name: hostId, project: null, service: null };
}

/** Returns the subject of a stack. */
export function stackSubject(hostId: string, project: string): Subject {
  return { hostId, containerId: null, name: project, project, service: null };
}

/** Returns the subject of objects that are missing, which only the rule names. */
export function absentSubject({ name, match }: Rule): Subject {
  return {
    hostId: match.host ?? null,
    containerId: null,
    name: match.container ?? match.service ?? match.project ?? name,
    project: match.project ?? null,
    service: match.service ?? null,
  };
}

/** Identifies an alert while it has not ended: one per rule and object. */
export function alertKey(ruleId: string, subject: Subject): string {
  return `${ruleId}\n${subjectKey(subject)}`;
}

/** Identifies an object. */
export function subjectKey({ hostId, containerId, name, project }: Subject): string {
  return containerId === null
    ? `${hostId}\n${project === null ? "host" : "stack"}\n${name}`
    : `${hostId}\n${containerId}`;
}

/** Reports whether a rule applies to a container. */
export function matchesContainer(
  match: RuleMatch,
  hostId: string,
  { name, project, service, labels }: Pick<Container, "name" | "project" | "service" | "labels">,
): boolean {
  return fits(match.host, hostId) && fits(match.container, name) && fits(match.project, project) &&
    fits(match.service, service) && hasLabel(match.label, labels);
}

/** Reports whether a rule about hosts applies to a host; rules that name containers apply to none. */
export function matchesHost(
  { host, project, service, container, label }: RuleMatch,
  hostId: string,
): boolean {
  return fits(host, hostId) && [project, service, container, label].every((part) => part === undefined);
}

/** Reports whether a rule about stacks applies to a stack. */
export function matchesStack(
  { host, project, service, container }: RuleMatch,
  hostId: string,
  name: string,
): boolean {
  return fits(host, hostId) && fits(project, name) && service === undefined && container === undefined;
}

/** Matches a text with `*` for any characters, in time proportional to both lengths. */
export function fits(pattern: string | undefined, text: string | null): boolean {
  if (pattern === undefined) return true;
  if (text === null) return false;
  const [first = "", ...rest] = pattern.split("*");
  if (rest.length === 0) return pattern === text;
  const last = rest.pop()!;
  if (!text.startsWith(first) || text.length < first.length + last.length || !text.endsWith(last)) {
    return false;
  }
  let at = first.length;
  for (const part of rest) {
    const found = text.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return at <= text.length - last.length;
}

/** Labels have one line each, as NAME=VALUE. */
function hasLabel(wanted: string | undefined, labels: string): boolean {
  if (wanted === undefined) return true;
  const [name = "", value] = split(wanted);
  return labels.split("\n").some((label) => {
    const [has = "", is = ""] = split(label);
    return fits(name, has) && fits(value, is);
  });
}

function split(label: string): [string, string | undefined] {
  const at = label.indexOf("=");
  return at < 0 ? [label, undefined] : [label.slice(0, at), label.slice(at + 1)];
}

/** Reports whether the same rules match two states of a container. */
export function hasSameRules(one: Container, other: Container): boolean {
  return one.name === other.name && one.project === other.project && one.service === other.service &&
    one.labels === other.labels;
}
