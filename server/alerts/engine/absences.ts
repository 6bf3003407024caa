/** Rules about containers that should run and do not. */
import type { Container } from "../../docker/container.ts";
import type { Rule } from "../../protocol/alerts/rule.ts";
import { absentSubject, fits, matchesContainer } from "./subject.ts";
import type { Tracker } from "./tracker.ts";

/** Containers of a host. */
type HostContainers = readonly [hostId: string, containers: Iterable<Container>];

/** The rules about missing containers. */
export class Absences {
  #rules: readonly Rule[] = [];

  constructor(readonly tracker: Tracker) {}

  /** Replaces the rules. */
  use(rules: readonly Rule[]): void {
    this.#rules = rules.filter(({ when }) => when.kind === "absence");
  }

  /**
   * Applies the rules, which wait while a host that they name cannot be read.
   *
   * @param readable Ids of the hosts that can be read.
   * @param changed The host that has changed; all if `undefined`.
   */
  check(hosts: readonly HostContainers[], readable: ReadonlySet<string>, changed?: string): void {
    const rules = this.#rules.filter(({ match }) => changed === undefined || fits(match.host, changed));
    if (rules.length === 0) return;
    const listed = hosts.map(([hostId, containers]) => [hostId, [...containers]] as const);
    for (const rule of rules) this.#checkOne(rule, listed, readable);
  }

  #checkOne(
    rule: Rule,
    hosts: readonly (readonly [string, readonly Container[]])[],
    readable: ReadonlySet<string>,
  ): void {
    const named = hosts.filter(([hostId]) => fits(rule.match.host, hostId));
    if (named.length === 0 || named.some(([hostId]) => !readable.has(hostId))) return;
    const running = named.flatMap(([hostId, containers]) =>
      containers.filter((one) => one.state === "running" && matchesContainer(rule.match, hostId, one))
        .map((container) => ({ hostId, container }))
    );
    const reason = running.length === 0 ? "No matching container is running" : rivals(running);
    if (reason === undefined) this.tracker.release(rule.id, absentSubject(rule));
    else this.tracker.hold(rule, absentSubject(rule), { reason });
  }
}

/** Names two containers that claim the same place of a service: one of them has copied labels. */
function rivals(
  running: readonly { readonly hostId: string; readonly container: Container }[],
): string | undefined {
  const places = new Map<string, string>();
  for (const { hostId, container: { name, project, service, number, oneOff } } of running) {
    if (project === null || service === null || number === null || oneOff) continue;
    const place = `${hostId}\n${project}\n${service}\n${number}`;
    const other = places.get(place);
    if (other !== undefined) return `Containers "${other}" and "${name}" claim the same place in a service`;
    places.set(place, name);
  }
  return undefined;
}
