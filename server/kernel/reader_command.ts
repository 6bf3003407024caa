/** The command that starts the process with the kernel's files. */

/** Hidden command of the compiled program. */
export const READER_COMMAND = "kernel-reader";

/** Flags that keep the process small. */
const V8_FLAGS = "--v8-flags=--optimize-for-size,--max-semi-space-size=1,--single-threaded-gc";

/**
 * Returns the command of the reader process of this installation.
 *
 * @param mounts Folders of processes and control groups; those of this machine by default.
 */
export function readerCommand(
  mounts: readonly string[] = [],
  isCompiled: boolean = Deno.build.standalone,
): readonly string[] {
  if (isCompiled) return [Deno.execPath(), READER_COMMAND, ...mounts];
  // As a source it is a ".ts" file, as built a ".js" file.
  const [suffix] = /\.[jt]s$/.exec(import.meta.url)!;
  const module = new URL(`./reader_process${suffix}`, import.meta.url).href;
  // The runtime opens /proc and /sys for a program with all permissions only.
  const flags = [
    "--quiet",
    "--no-prompt",
    "--no-config",
    "--no-lock",
    "--no-remote",
    "--no-npm",
    "--allow-all",
  ];
  return [Deno.execPath(), "run", V8_FLAGS, ...flags, module, ...mounts];
}
