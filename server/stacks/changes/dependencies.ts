/** Pure: changes of services that follow from changes of others. */
import { fieldsOf, itemsOf, textOf } from "../../untrusted_json.ts";
import type { Change } from "./planned_change.ts";

type Fields = Readonly<Record<string, unknown>>;

/** Actions after which a service has another container. */
const REPLACED: readonly Change["action"][] = ["create", "recreate"];

/**
 * Adds what follows from other services: a container that uses the namespaces or volumes of a recreated one is
 * recreated too, and `depends_on` with `restart: true` restarts it.
 *
 * @param config Services as Compose resolved them.
 */
export function withDependencies(
  changes: ReadonlyMap<string, Change>,
  config: Readonly<Record<string, Fields>>,
): ReadonlyMap<string, Change> {
  const all = new Map(changes);
  // A chain has as many links as there are services at most.
  for (let round = 0; round < all.size; round++) {
    const before = [...all.values()];
    for (const [name, change] of all) all.set(name, following(change, config[name] ?? {}, all));
    if ([...all.values()].every((change, index) => change === before[index])) break;
  }
  return all;
}

function following(change: Change, service: Fields, all: ReadonlyMap<string, Change>): Change {
  const { action } = change;
  if (action !== "unchanged" && action !== "start" && action !== "unknown" && action !== "restart") {
    return change;
  }
  const replaced = (name: string) => REPLACED.includes(all.get(name)?.action ?? "unchanged");
  const used = sharedWith(service);
  const cause = used.find(replaced);
  if (cause !== undefined) {
    return { action: "recreate", reasons: [`it uses service "${cause}", which changes`] };
  }
  if (action === "unknown") return change;
  const doubt = used.find((name) => all.get(name)?.action === "unknown");
  if (doubt !== undefined) return { action: "unknown", reasons: [`cannot tell: it uses service "${doubt}"`] };
  if (action !== "unchanged") return change;
  const restarting = restartedWith(service).find((name) => all.get(name)?.action === "recreate");
  return restarting === undefined
    ? change
    : { action: "restart", reasons: [`service "${restarting}" is recreated`] };
}

/** Services whose namespaces or volumes a service uses. */
function sharedWith(service: Fields): string[] {
  const modes = ["network_mode", "ipc", "pid"].map((key) =>
    /^service:(.+)$/.exec(textOf(service[key]) ?? "")?.[1]
  );
  const volumes = itemsOf(service["volumes_from"]).map((item) =>
    /^(?!container:)([^:]+)/.exec(textOf(item) ?? "")?.[1]
  );
  return [...modes, ...volumes].filter((name) => name !== undefined);
}

function restartedWith(service: Fields): string[] {
  return Object.entries(fieldsOf(service["depends_on"]))
    .flatMap(([name, condition]) => fieldsOf(condition)["restart"] === true ? [name] : []);
}
