/** Reads one setting from its flag or variable, and creates the message when it is invalid. */
import type { Environment } from "./docker_context.ts";
import { AppError } from "../errors.ts";

/** Command-line flags as typed, unchecked. */
export interface Flags {
  readonly host?: string;
  readonly port?: string;
  readonly socket?: string;
  readonly config?: string;
  readonly data?: string;
  readonly token?: string;
  readonly noAuth?: boolean;
  readonly viewToken?: boolean;
  readonly origin?: readonly string[];
  readonly basePath?: string;
  readonly readOnly?: boolean;
  readonly tlsCert?: string;
  readonly tlsKey?: string;
  readonly logLevel?: string;
  readonly logFormat?: string;
  /** The number after `--demo`, or an empty string without one. */
  readonly demo?: string;
}

/** A value and its source. */
export interface Setting {
  readonly value: string;
  /** The flag or the variable. */
  readonly source: string;
}

type Names<T> = { [K in keyof Flags]-?: NonNullable<Flags[K]> extends T ? K : never }[keyof Flags];

/** Returns a setting; flags override the environment, and an empty variable counts as not set. */
export class Settings {
  constructor(readonly flags: Flags, readonly env: Environment) {}

  /** A setting that has a value. */
  text(flag: Names<string>): Setting | undefined {
    const typed = this.flags[flag];
    if (typed !== undefined) return { value: typed, source: `--${kebab(flag)}` };
    const value = this.env[variable(flag)];
    return value ? { value, source: variable(flag) } : undefined;
  }

  /**
   * Reads a boolean setting.
   *
   * @throws {AppError} "usage" for a variable that is neither.
   */
  switch(flag: Names<boolean>): boolean {
    if (this.flags[flag] !== undefined) return this.flags[flag];
    const value = (this.env[variable(flag)] ?? "").toLowerCase();
    if (["1", "true", "yes", "on"].includes(value)) return true;
    if (["", "0", "false", "no", "off"].includes(value)) return false;
    throw invalidSetting({ value, source: variable(flag) }, "1 or 0");
  }

  /** Reads a repeatable setting; in a variable, values are separated by commas or spaces. */
  list(flag: Names<readonly string[]>): readonly Setting[] {
    const typed = this.flags[flag];
    if (typed !== undefined) return typed.map((value) => ({ value, source: `--${kebab(flag)}` }));
    const values = (this.env[variable(flag)] ?? "").split(/[\s,]+/).filter((value) => value !== "");
    return values.map((value) => ({ value, source: variable(flag) }));
  }
}

/** Creates the error for an invalid setting. */
export function invalidSetting({ value, source }: Setting, allowed: string): AppError {
  return new AppError("usage", `${source}: found "${value}": expected ${allowed}`);
}

/**
 * Parses an origin such as `https://dock.example.org`.
 *
 * @throws {AppError} "usage" for anything else.
 */
export function toOrigin(setting: Setting): string {
  const expected = 'an origin such as "https://dock.example.org": scheme, name and port only';
  if (!URL.canParse(setting.value)) throw invalidSetting(setting, expected);
  const { origin, protocol } = new URL(setting.value);
  const same = setting.value === origin || setting.value === `${origin}/`;
  if (!same || !/^https?:$/.test(protocol)) throw invalidSetting(setting, expected);
  return origin;
}

function kebab(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

function variable(flag: string): string {
  return `DOCKSTAT_${kebab(flag).replaceAll("-", "_").toUpperCase()}`;
}
