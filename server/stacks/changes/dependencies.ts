/** Pure: changes of services that follow from changes of others. */
import { fieldsOf, itemsOf, textOf } from "../../untrusted_json.ts";
import type { Change } from "./planned_change.ts";

type Fields = Readonly<Record<string, unknown>>;

/** Actions after which a service has another container. */
const REPLACED: readonly Change["action"][] = ["create", "recreate"];

/**
 * Adds what follows from other services: a container that uses the namespaces or volumes of a recreated one is
 * recreated too. With `restart: true` in `depends_on`, newer versions of Compose restart it, and older ones recreate it.
 *
 * @param config Services as Compose resolved them.
 */
export function withDependencies(
  changes: ReadonlyMap<string, Change>,
  config: Readonly<Record<string, Fields>>,
): ReadonlyMap<string, Change> {
  const all = new Map(changes);
  const open = [...all.keys()];
  const users = usersOf(open, config);
  // Each change is made once, and then those of the services that use it are looked at again.
  for (let at = 0; at < open.length; at++) {
    const name = open[at]!;
    const change = following(all.get(name)!, config[name] ?? {}, all);
    if (change === all.get(name)) continue;
    all.set(name, change);
    open.push(...(users.get(name) ?? []).filter((user) => all.has(user)));
  }
  return all;
}

/** Returns the services that use each service. */
function usersOf(
  names: readonly string[],
  config: Readonly<Record<string, Fields>>,
): ReadonlyMap<string, readonly string[]> {
  const users = new Map<string, string[]>();
  for (const name of names) {
    const service = config[name] ?? {};
    for (const used of [...sharedWith(service), ...restartedWith(service)]) {
      const known = users.get(used);
      if (known === undefined) users.set(used, [name]);
      else known.push(name);
    }
  }
  return users;
}

function following(change: Change, service: Fields, all: ReadonlyMap<string, Change>): Change {
  const { action } = change;
  if (action !== "unchanged" && action !== "start" && action !== "unknown") return change;
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
  return restarting === undefined ? change : {
    action: "unknown",
    reasons: [`cannot tell: it is restarted or recreated with service "${restarting}"`],
  };
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
