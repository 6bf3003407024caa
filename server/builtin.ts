/** Modules of Node that are loaded at their first use, because loading all of them delays the start by 15 ms. */
import type * as crypto from "node:crypto";
import type * as fs from "node:fs";
import type * as path from "node:path";
import type * as util from "node:util";
import type * as zlib from "node:zlib";

interface Modules {
  readonly "node:crypto": typeof crypto;
  readonly "node:fs": typeof fs;
  readonly "node:path": typeof path;
  readonly "node:util": typeof util;
  readonly "node:zlib": typeof zlib;
}

/** Returns a module of Node. */
export function builtin<Name extends keyof Modules>(name: Name): Modules[Name] {
  // The module "node:process" would load with this one.
  return globalThis.process.getBuiltinModule(name);
}
