/** Pure: policies of image updates, which the labels of services in a compose text set. */
import { mayHave, parseCompose } from "../../compose/compose_yaml.ts";
import { parseDuration } from "../../duration.ts";
import { UPDATE_POLICIES, type UpdatePolicy } from "../../protocol/images/updates.ts";
import { fieldsOf, itemsOf, textOf } from "../../untrusted_json.ts";
import type { PathIssue } from "./issues.ts";

/** Policy of one service. */
export interface ServicePolicy {
  readonly policy: UpdatePolicy;
  /** Age that a newer image must have before an automatic update, ms. */
  readonly minAgeMs: number;
}

/** Policy of a service without labels. */
export const DEFAULT_POLICY: ServicePolicy = { policy: "notify", minAgeMs: 0 };

const PREFIX = "dockstat.update";
const POLICY = PREFIX;
const MIN_AGE = `${PREFIX}.min-age`;
/** Longest value that a message quotes, in characters. */
const QUOTED = 40;

/** A label of a service, and its place in the text. */
interface Label {
  readonly name: string;
  /** `undefined` for a value that is not a text. */
  readonly value: string | undefined;
  readonly keys: readonly (string | number)[];
}

/** Policies by service, and warnings about labels that are not understood. */
export interface UpdatePolicies {
  readonly policies: ReadonlyMap<string, ServicePolicy>;
  readonly warnings: readonly PathIssue[];
}

/**
 * Reads the policies of a compose text. Only literal labels of its services count: neither those of an image, nor those
 * of included files or variables.
 *
 * @throws {AppError} "invalid" if the text is not YAML that DockStat reads.
 */
export async function readPolicies(compose: string): Promise<UpdatePolicies> {
  return mayHave(compose, /dockstat\.update/)
    ? policiesOf(await parseCompose(compose))
    : policiesOf(undefined);
}

/** Reads the policies of a parsed compose text. */
export function policiesOf(written: unknown): UpdatePolicies {
  const policies = new Map<string, ServicePolicy>();
  const warnings: PathIssue[] = [];
  for (const [service, value] of Object.entries(fieldsOf(fieldsOf(written)["services"]))) {
    let found = DEFAULT_POLICY;
    for (const label of labelsOf(service, fieldsOf(value)["labels"])) {
      const change = changeOf(label);
      if (typeof change === "string") warnings.push({ keys: label.keys, message: change });
      else found = { ...found, ...change };
    }
    policies.set(service, warnings.some(({ keys }) => keys[1] === service) ? safe(found) : found);
  }
  return { policies, warnings };
}

/** A service whose labels are not understood is never updated automatically. */
function safe(found: ServicePolicy): ServicePolicy {
  return found.policy === "nightly" ? { ...found, policy: "notify" } : found;
}

function changeOf({ name, value }: Label): Partial<ServicePolicy> | string {
  if (name === POLICY) {
    const policy = UPDATE_POLICIES.find((one) => one === value);
    return policy === undefined ? unknown(name, value, `one of ${UPDATE_POLICIES.join(", ")}`) : { policy };
  }
  if (name !== MIN_AGE) return `the label "${name.slice(0, QUOTED)}" is unknown: use ${POLICY} or ${MIN_AGE}`;
  const minAgeMs = parseDuration(value ?? "");
  return minAgeMs === undefined ? unknown(name, value, "a duration such as 3d") : { minAgeMs };
}

function unknown(name: string, value: string | undefined, expected: string): string {
  const found = value === undefined ? "a value that is not a text" : JSON.stringify(value.slice(0, QUOTED));
  return `the label ${name} has ${found}, so the service is not updated automatically: expected ${expected}`;
}

/** Returns the labels about updates, of a mapping or of a list of NAME=VALUE. */
function labelsOf(service: string, labels: unknown): Label[] {
  const place = ["services", service, "labels"];
  const all = Array.isArray(labels)
    ? itemsOf(labels).flatMap((item, index) => {
      const [name = "", ...value] = (textOf(item) ?? "").split("=");
      return [{ name, value: value.join("="), keys: [...place, index] }];
    })
    : Object.entries(fieldsOf(labels)).map(([name, value]) => ({
      ...{ name, value: textOf(value), keys: [...place, name] },
    }));
  return all.filter(({ name }) => name === PREFIX || name.startsWith(`${PREFIX}.`));
}
