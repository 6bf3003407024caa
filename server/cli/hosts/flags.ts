/** Flags of `dockstat hosts`. */
import { AppError } from "../../errors.ts";
import type { HostReport } from "../../protocol/hosts.ts";

/** Flags with a value, by their key in {@linkcode HostFlags}. */
export const HOST_VALUE_FLAGS = { label: "label" } as const;

/** Flags of `hosts` as typed. */
export interface HostFlags {
  readonly label?: string;
}

/**
 * Returns the filter for hosts, which throws "usage" when no host has the label.
 *
 * @throws {AppError} "usage" for a label that is not `name` or `name=value`.
 */
export function toHostFilter({ label }: HostFlags): (hosts: readonly HostReport[]) => readonly HostReport[] {
  if (label === undefined) return (hosts) => hosts;
  const [, name = "", value] = /^([^=]+)(?:=(.*))?$/.exec(label) ?? [];
  if (name === "") {
    throw new AppError("usage", `--label: found "${label}": expected a label such as site=home`);
  }
  return (hosts) => {
    const found = hosts.filter(({ labels }) =>
      Object.hasOwn(labels, name) && (value === undefined || labels[name] === value)
    );
    if (found.length > 0) return found;
    throw new AppError("usage", `No host has the label "${label}": "dockstat hosts" lists labels`);
  };
}
