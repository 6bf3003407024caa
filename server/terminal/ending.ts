/**
 * Ends the processes of a terminal. Engines have no call for it, and closing the connection leaves them running. A
 * second command in the container therefore finds them by a variable in their environment, and by their session.
 */
import { pause } from "../duration.ts";
import type { Engine } from "../docker/engine.ts";
import { reason } from "../errors.ts";
import type { TerminalBounds } from "./bounds.ts";
import { Exec } from "./exec.ts";
import type { HostProcesses } from "./host_processes.ts";

/** Variable that marks the processes of a terminal. */
export const MARK = "DOCKSTAT_TERMINAL";

/**
 * Sends a signal to all processes with a mark in their environment, and to all in their sessions, and prints their
 * number. Only what every shell has built in is used. `read` drops the zero bytes between variables.
 */
const SCRIPT = `m=$1 sig=$2 n=0 sessions=' '
{
for d in /proc/[0-9]*; do
  p=\${d#/proc/} hit=
  [ "$p" = $$ ] && continue
  while IFS= read -r line || [ -n "$line" ]; do
    case $line in *"$m"*) hit=1; break;; esac
  done < "$d/environ"
  [ -n "$hit" ] || continue
  IFS= read -r line < "$d/stat" || continue
  set -- \${line##*) }
  [ "$4" -gt 1 ] && sessions="$sessions$4 "
  [ "$1" = Z ] || { kill -$sig "$p" && n=$((n + 1)); }
done
for d in /proc/[0-9]*; do
  IFS= read -r line < "$d/stat" || continue
  set -- \${line##*) }
  case $sessions in *" $4 "*) [ "$1" = Z ] || { kill -$sig "\${d#/proc/}" && n=$((n + 1)); };; esac
done
} 2>/dev/null
echo "ended $n"`;

/** The terminal whose processes are ended. */
export interface EndedTerminal {
  readonly engine: Engine;
  readonly containerId: string;
  readonly exec: Exec;
  /** Value of {@linkcode MARK}. */
  readonly mark: string;
  readonly host: HostProcesses;
  /** Sends bytes to the terminal; rejects when the connection is lost. */
  readonly write: (bytes: Uint8Array) => Promise<void>;
}

/** Ctrl-C and Ctrl-\, which a terminal turns into SIGINT and SIGQUIT. */
const INTERRUPT = new Uint8Array([3, 28]);

/**
 * Ends all processes of a terminal: in the container, and what survives that by its id on this machine.
 *
 * @returns the reason why a process may still run; `undefined` once all have ended.
 */
export async function endProcesses(
  terminal: EndedTerminal,
  bounds: TerminalBounds,
): Promise<string | undefined> {
  const problem = await endInside(terminal, bounds);
  return problem === undefined || await endOnHost(terminal, bounds) ? undefined : problem;
}

/** Returns true once the command was killed by its id, for an engine on this machine. */
async function endOnHost(
  { exec, containerId, host }: EndedTerminal,
  bounds: TerminalBounds,
): Promise<boolean> {
  const signal = AbortSignal.timeout(bounds.hangUpMs);
  try {
    const { running, pid } = await exec.state(signal);
    if (!running) return true;
    return pid !== undefined && host.kill(pid, containerId) && await hasExited(exec, bounds, signal);
  } catch {
    // The caller reports why it survived in the container.
    return false;
  }
}

/**
 * Ends the processes with a script in the container: SIGHUP first, then SIGKILL, as the user of the terminal and then
 * as root.
 */
async function endInside(
  terminal: EndedTerminal,
  bounds: TerminalBounds,
): Promise<string | undefined> {
  const signal = AbortSignal.timeout(bounds.endMs);
  let problem = "it did not exit in time";
  try {
    for (const [name, user] of rounds(terminal.exec.command.user)) {
      signal.throwIfAborted();
      const found = await send(name, user, terminal, signal);
      if (found === undefined) {
        problem = "the container has no shell to end it with";
        await terminal.write(INTERRUPT);
      }
      if (await hasExited(terminal.exec, bounds, signal) && found === 0) return undefined;
      if (found === undefined) break;
    }
    return await hasExited(terminal.exec, bounds, signal) ? undefined : problem;
  } catch (error) {
    return signal.aborted ? problem : reason(error);
  }
}

/** Signals and users of the attempts, until the time is over; root also ends what changed its user. */
function* rounds(user: string | undefined): Generator<readonly [string, string | undefined]> {
  yield ["HUP", user];
  for (;;) {
    yield ["KILL", user];
    yield ["KILL", "0"];
  }
}

/** Waits a moment for the end of the command. */
async function hasExited(
  exec: Exec,
  { hangUpMs, pollMs }: TerminalBounds,
  signal: AbortSignal,
): Promise<boolean> {
  const until = performance.now() + hangUpMs;
  for (;;) {
    if (!(await exec.state(signal)).running) return true;
    if (performance.now() > until) return false;
    await pause(pollMs, signal);
  }
}

/** Runs the script and returns the number of processes that it found; `undefined` without a shell. */
async function send(
  name: string,
  user: string | undefined,
  { engine, containerId, mark }: EndedTerminal,
  signal: AbortSignal,
): Promise<number | undefined> {
  const cmd = ["sh", "-c", SCRIPT, "sh", `${MARK}=${mark}`, name];
  const exec = await Exec.create(engine, containerId, { cmd, user, tty: false, env: [] }, signal);
  using stream = await exec.start(signal);
  let text = "";
  for await (const chunk of stream.output) {
    // Another program than a shell may answer.
    if (text.length < 1024) text += new TextDecoder().decode(chunk);
  }
  const count = /ended (\d{1,9})\n/.exec(text)?.[1];
  return count === undefined ? undefined : Number(count);
}
