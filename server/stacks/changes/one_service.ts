/** Pure: the part of a project that an operation on one of its services reads. */
import { fieldsOf, itemsOf, textOf } from "../../untrusted_json.ts";
import type { Resolved } from "../validate/resolve.ts";

/** Returns a project with this service only, and with the volumes and networks that it uses. */
export function withOneService(resolved: Resolved, name: string): Resolved {
  const service = resolved.config[name] ?? {};
  const volumes = itemsOf(service["volumes"]).map(fieldsOf)
    .flatMap(({ type, source }) => type === "volume" ? textOf(source) ?? [] : []);
  return {
    ...resolved,
    services: resolved.services.filter((one) => one.name === name),
    config: { [name]: service },
    volumes: picked(resolved.volumes, volumes),
    networks: picked(resolved.networks, Object.keys(fieldsOf(service["networks"]))),
  };
}

function picked(all: Resolved["volumes"], keys: readonly string[]): Resolved["volumes"] {
  return Object.fromEntries(Object.entries(all).filter(([key]) => keys.includes(key)));
}
