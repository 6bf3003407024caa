/** Secrets of channels: references to the environment and to files, read at each delivery. */
import { reason } from "../../errors.ts";
import { holdsSecret } from "../../log/redact.ts";

/** Largest file with a secret, bytes. */
const LARGEST = 65_536;
/** Longest value, characters; a longer one would take seconds to be parsed as an address. */
const LONGEST = 4096;
/** Variables that no channel may use, because the owner of a channel would then own the server. */
const OWN = new Set(["DOCKSTAT_TOKEN"]);

/** A secret that cannot be read. */
export class MissingSecret extends Error {
  override readonly name = "MissingSecret";
}

/**
 * Returns the value of a reference, its first line.
 *
 * @throws {MissingSecret} without naming the content of a file.
 */
export function readSecret(reference: string, env: (name: string) => string | undefined): string {
  const value = reference.startsWith("env:")
    ? fromEnvironment(reference.slice(4), env)
    : fromFile(reference.slice(5));
  const line = value.split(/\r?\n/, 1)[0]!.trim();
  if (line === "") throw new MissingSecret(`${reference} is empty`);
  if (line.length > LONGEST) throw new MissingSecret(`${reference} has more than ${LONGEST} characters`);
  if (holdsSecret(line)) {
    throw new MissingSecret(`${reference} cannot be used by channels: it holds the token`);
  }
  return line;
}

function fromEnvironment(name: string, env: (name: string) => string | undefined): string {
  if (OWN.has(name)) throw new MissingSecret(`env:${name} cannot be used by channels`);
  const value = env(name);
  if (value === undefined) throw new MissingSecret(`env:${name} is not set`);
  return value;
}

function fromFile(path: string): string {
  try {
    const { isFile, size } = Deno.statSync(path);
    if (!isFile || size > LARGEST) throw new Error("expected a file of 64 KiB at most");
    // Files of the kernel have no size. A read of /proc/kmsg would never return, and environ has all variables.
    if (size === 0) throw new Error("the file is empty, or not on a disk");
    return Deno.readTextFileSync(path);
  } catch (error) {
    throw new MissingSecret(`Cannot read file:${path}: ${reason(error)}`);
  }
}
