/** A shell script in place of Compose, where DockStat searches first. */
import type { ChildEnvironment } from "../../server/config/child_environment.ts";
import { type TemporaryFolder, temporaryFolder } from "./folder.ts";

/** A folder of Docker's settings whose Compose is a script. */
export interface ScriptedCompose extends Disposable {
  readonly folder: TemporaryFolder;
  /** Path of the script. */
  readonly path: string;
  /** Environment in which DockStat finds the script. */
  readonly env: ChildEnvironment;
}

/** Installs a script that reports a version and otherwise runs the lines of a shell. */
export function scriptedCompose(version: string, ...lines: readonly string[]): ScriptedCompose {
  const script = ["#!/bin/sh", 'if [ "$*" = "version --short" ]; then', version, "exit; fi", ...lines, ""];
  const folder = temporaryFolder({ "cli-plugins/docker-compose": script.join("\n") });
  const path = folder.path("cli-plugins/docker-compose");
  Deno.chmodSync(path, 0o700);
  const env = { PATH: "/usr/bin:/bin", DOCKER_CONFIG: folder.path("") };
  return { folder, path, env, [Symbol.dispose]: () => folder[Symbol.dispose]() };
}
