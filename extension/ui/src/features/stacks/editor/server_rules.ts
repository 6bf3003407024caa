/** Pure: rules of the server that the form applies before it sends anything. Tests compare them with the server's. */
import { PLACE_LABELS } from "../model/labels_editor.ts";

/** Pattern of a stack name. */
export const STACK_NAME = /^[a-z0-9][a-z0-9_-]{0,62}$/;

/** Returns what is wrong with a name, as a sentence; `undefined` for a valid name. */
export function nameMistake(name: string): string | undefined {
  if (name === "") return PLACE_LABELS.noName;
  return STACK_NAME.test(name) ? undefined : PLACE_LABELS.invalidName(name);
}

/** Returns the host of a stack for which none was chosen; `undefined` without hosts. */
export function defaultHost(hosts: readonly { readonly hostId: string }[]): string | undefined {
  return (hosts.find(({ hostId }) => hostId === "Localhost") ?? hosts[0])?.hostId;
}
