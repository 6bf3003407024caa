/** Pure: services that share the network of another one, so that they have to be recreated after it. */
import { fieldsOf, textOf } from "../../untrusted_json.ts";

/** Most services that follow one. */
const MOST = 100;

/**
 * Returns the services that share the network of a service, directly or through others, each after the one that it
 * shares.
 *
 * @param written The parsed compose text.
 */
export function networkFollowers(written: unknown, service: string): string[] {
  const services = Object.entries(fieldsOf(fieldsOf(written)["services"]));
  const shares = new Map(services.map(([name, value]) => [name, sharedService(fieldsOf(value), services)]));
  const found = [service];
  for (const leader of found) {
    for (const [name, shared] of shares) {
      if (shared === leader && !found.includes(name) && found.length <= MOST) found.push(name);
    }
  }
  return found.slice(1);
}

/** Returns the service whose network a service uses: by its name, or by the name of its container. */
function sharedService(
  service: Readonly<Record<string, unknown>>,
  services: readonly (readonly [string, unknown])[],
): string | undefined {
  const [, kind, name] = /^(service|container):(.+)$/.exec(textOf(service["network_mode"]) ?? "") ?? [];
  if (kind === "service") return name;
  return services.find(([, value]) => name !== undefined && fieldsOf(value)["container_name"] === name)?.[0];
}
