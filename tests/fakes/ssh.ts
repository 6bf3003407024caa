/** A program called `ssh` for tests. */
import { temporaryFolder } from "./folder.ts";

/** Does what `ssh -L socket:target` does when the target is on this machine. */
export const FORWARD =
  'for arg; do case "$arg" in *docker.sock:*) ln -s "${arg#*:}" "${arg%%:*}";; esac; done; exec sleep 60';

/** A fake `ssh` in a separate folder; the script may write beside itself (`$0`). */
export interface FakeSsh extends Disposable {
  /** The folder, for a PATH. */
  readonly folder: string;
  /** The names of all files in the folder, sorted. */
  files(): string[];
  /** The text of a file in the folder. */
  read(name: string): string;
}

/** Writes a fake `ssh`. */
export function fakeSsh(script: string): FakeSsh {
  const folder = temporaryFolder({ ssh: `#!/bin/sh\n${script}\n` });
  Deno.chmodSync(folder.path("ssh"), 0o755);
  return {
    folder: folder.path(""),
    files: () => [...Deno.readDirSync(folder.path(""))].map(({ name }) => name).sort(),
    read: (name) => Deno.readTextFileSync(folder.path(name)),
    [Symbol.dispose]: () => folder[Symbol.dispose](),
  };
}

/** Writes a fake `ssh` that is first in the PATH for one scope. */
export function withSsh(script: string): FakeSsh {
  const ssh = fakeSsh(script);
  const path = Deno.env.get("PATH") ?? "";
  Deno.env.set("PATH", `${ssh.folder}:${path}`);
  return {
    ...ssh,
    [Symbol.dispose]() {
      Deno.env.set("PATH", path);
      ssh[Symbol.dispose]();
    },
  };
}
