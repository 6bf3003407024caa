/**
 * The entry of the compiled program for Linux, which is compiled with all permissions.
 *
 * The runtime opens the kernel's files for a program with all permissions only. Every command gives one up at once,
 * before other modules are loaded. Only the hidden command that reads these files for the server keeps them.
 */
import { READER_COMMAND } from "../kernel/reader_command.ts";

const [command, ...args] = Deno.args;
if (command === READER_COMMAND) {
  const { answerRequests } = await import("../kernel/reader_process.ts");
  await answerRequests(args);
} else {
  for (const name of ["ffi", "import"] as const) await Deno.permissions.revoke({ name });
  const { runProgram } = await import("../cli/program/program.ts");
  await runProgram(Deno.args);
}
