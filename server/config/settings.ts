/** One setting at a time, from its flag or its variable, and what is told when it is wrong. */
import type { Environment } from "./docker_context.ts";
import { AppError } from "../errors.ts";

/** The flags of the command line as typed, before anything is checked. */
export interface Flags {
  readonly host?: string;
  readonly port?: string;
  readonly socket?: string;
  readonly config?: string;
  readonly data?: string;
  readonly token?: string;
  readonly noAuth?: boolean;
  readonly origin?: readonly string[];
  readonly readOnly?: boolean;
  readonly tlsCert?: string;
  readonly tlsKey?: string;
  readonly logLevel?: string;
  readonly logFormat?: string;
  /** The number after `--demo`, or an empty text without one. */
  readonly demo?: string;
}

/** A value and where it was said. */
export interface Setting {
  readonly value: string;
  /** The flag or the variable. */
  readonly source: string;
}

type Names<T> = { [K in keyof Flags]-?: NonNullable<Flags[K]> extends T ? K : never }[keyof Flags];

/** Flags win over the environment; an empty variable counts as not set. */
export class Settings {
  constructor(readonly flags: Flags, readonly env: Environment) {}

  /** A setting with a value. */
  text(flag: Names<string>): Setting | undefined {
    const typed = this.flags[flag];
    if (typed !== undefined) return { value: typed, source: `--${kebab(flag)}` };
    const value = this.env[variable(flag)];
    return value ? { value, source: variable(flag) } : undefined;
  }

  /**
   * A setting that is on or off.
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

  /** A setting that may be given several times; in a variable separated by commas or spaces. */
  list(flag: Names<readonly string[]>): readonly Setting[] {
    const typed = this.flags[flag];
    if (typed !== undefined) return typed.map((value) => ({ value, source: `--${kebab(flag)}` }));
    const values = (this.env[variable(flag)] ?? "").split(/[\s,]+/).filter((value) => value !== "");
    return values.map((value) => ({ value, source: variable(flag) }));
  }
}

/** A setting that is not what is allowed. */
export function invalidSetting({ value, source }: Setting, allowed: string): AppError {
  return new AppError("usage", `${source}: found "${value}": expected ${allowed}`);
}

function kebab(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

function variable(flag: string): string {
  return `DOCKSTAT_${kebab(flag).replaceAll("-", "_").toUpperCase()}`;
}
