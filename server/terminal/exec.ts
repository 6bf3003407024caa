/** One command in a container, over the exec calls of the engine's API. */
import type { Engine, EngineStream } from "../docker/engine.ts";
import { AppError } from "../errors.ts";
import { fieldsOf, textOf } from "../untrusted_json.ts";

/** The command to run. */
export interface Command {
  readonly cmd: readonly string[];
  /** `undefined` for the user of the image. */
  readonly user: string | undefined;
  readonly tty: boolean;
  /** Environment variables in addition to the container's variables. */
  readonly env: readonly string[];
  readonly size?: Size | undefined;
}

/** Columns and rows. */
export type Size = readonly [cols: number, rows: number];

/** The state of a command. */
export interface ExecState {
  readonly running: boolean;
  /** True once the process has existed. */
  readonly started: boolean;
  /** Id on the engine's machine; `undefined` before the start. */
  readonly pid: number | undefined;
  /** `null` while it runs. */
  readonly exitCode: number | null;
}

/** A sequence that no keyboard sends: the default, Ctrl-P Ctrl-Q, would hold Ctrl-P back and detach from the process. */
const DETACH_KEYS = "ctrl-^,ctrl-@,ctrl-^,ctrl-@,ctrl-^";

/** A command that an engine knows. */
export class Exec {
  private constructor(readonly engine: Engine, readonly id: string, readonly command: Command) {}

  /** Creates a command, which does not run yet. */
  static async create(
    engine: Engine,
    containerId: string,
    command: Command,
    signal: AbortSignal,
  ): Promise<Exec> {
    const body = {
      ...{ AttachStdin: true, AttachStdout: true, AttachStderr: true, DetachKeys: DETACH_KEYS },
      Tty: command.tty,
      Cmd: command.cmd,
      Env: command.env,
      ...command.user === undefined ? {} : { User: command.user },
      ...consoleSize(command.size),
    };
    const answer = await engine.call(
      { method: "POST", path: `/containers/${containerId}/exec`, body },
      signal,
    );
    const id = textOf(fieldsOf(answer)["Id"]) ?? "";
    // The id becomes a part of the next paths.
    if (!/^[0-9a-f]{12,128}$/.test(id)) {
      throw new AppError("engine-refused", "the answer to the request for a command has no id");
    }
    return new Exec(engine, id, command);
  }

  /** Starts the command. */
  async start(signal: AbortSignal): Promise<EngineStream> {
    const body = { Detach: false, Tty: this.command.tty, ...consoleSize(this.command.size) };
    return await this.engine.attach({ method: "POST", path: `/exec/${this.id}/start`, body }, signal);
  }

  /** Changes the size of the terminal. */
  async resize([cols, rows]: Size, signal: AbortSignal): Promise<void> {
    await this.engine.call({ method: "POST", path: `/exec/${this.id}/resize?h=${rows}&w=${cols}` }, signal);
  }

  /** Reads the state. */
  async state(signal: AbortSignal): Promise<ExecState> {
    const { Running, Pid, ExitCode } = fieldsOf(
      await this.engine.call({ method: "GET", path: `/exec/${this.id}/json` }, signal),
    );
    const pid = typeof Pid === "number" && Number.isSafeInteger(Pid) && Pid > 0 ? Pid : undefined;
    return {
      ...{ pid, running: Running === true, started: pid !== undefined },
      exitCode: typeof ExitCode === "number" && Running !== true ? ExitCode : null,
    };
  }
}

/** Engines before API 1.42 ignore the initial size. */
function consoleSize(
  size: Size | undefined,
): { readonly ConsoleSize?: readonly [rows: number, cols: number] } {
  return size === undefined ? {} : { ConsoleSize: [size[1], size[0]] };
}
