/** All terminals of a server, with their bounds and their records. */
import type { ComposeEnd } from "../compose/compose.ts";
import type { Containers } from "../containers/containers.ts";
import type { ContainerTarget } from "../containers/plans.ts";
import { AppError, reason } from "../errors.ts";
import { type Client, CLOSE } from "../http/socket.ts";
import { getLogger } from "../log/log.ts";
import type { TerminalFacts, TerminalStart } from "../protocol/terminal/frames.ts";
import type { Runner } from "../stacks/runner.ts";
import type { Plan, RunContext } from "../stacks/running.ts";
import type { AuditStore } from "../store/past/audit_store.ts";
import { TERMINAL_BOUNDS, type TerminalBounds } from "./bounds.ts";
import type { Size } from "./exec.ts";
import { type HostProcesses, VisibleProcesses } from "./host_processes.ts";
import { OpenTerminal, type TerminalEnd } from "./open_terminal.ts";
import type { OwnContainer } from "./own_container.ts";
import { Receiver } from "./receiver.ts";
import { type Person, TerminalRecord } from "./record.ts";
import { reachesHost, userOf } from "./reach.ts";

/** Parts that terminals are built from. */
export interface TerminalServices {
  readonly containers: Containers;
  readonly runner: Runner;
  readonly audit: AuditStore;
  /** False with `exec: false`. */
  readonly allowed: boolean;
  readonly own: OwnContainer;
}

/** Longest wait for an inspection, ms. */
const PATIENCE_MS = 10_000;

const log = getLogger(["dockstat", "terminal"]);

/** The terminals of a server. */
export class Terminals {
  /** Open terminals by session. */
  readonly #open = new Map<string, number>();

  constructor(
    readonly services: TerminalServices,
    readonly bounds: TerminalBounds = TERMINAL_BOUNDS,
    readonly host: HostProcesses = new VisibleProcesses(),
  ) {}

  /**
   * Returns what a client needs to know before it opens a terminal.
   *
   * @throws {AppError} "forbidden" with the reason, "not-found", "engine-unreachable".
   */
  async facts(hostId: string, text: string): Promise<TerminalFacts> {
    const target = this.#target(hostId, text);
    const inspection = await this.#inspect(target);
    const { container: { id, name, state } } = target;
    return { hostId, id, name, state, user: userOf(inspection), reachesHost: reachesHost(inspection) };
  }

  /**
   * Prepares a terminal; the returned function serves its socket.
   *
   * @throws {AppError} as {@linkcode Terminals.facts}, and "too-many".
   */
  async open(
    hostId: string,
    text: string,
    size: Size,
    person: Person,
  ): Promise<(client: Client) => Promise<void>> {
    const target = this.#target(hostId, text);
    const inspection = await this.#inspect(target);
    this.#checkCount(person);
    return async (client) => await this.#serve(client, target, inspection, size, person);
  }

  #target(hostId: string, text: string): ContainerTarget {
    if (!this.services.allowed) {
      throw new AppError(
        "forbidden",
        'Cannot open a terminal: "exec: false" in dockstat.yaml switches terminals off',
      );
    }
    this.services.runner.states.checkMayChange(hostId, "open a terminal");
    return this.services.containers.target(hostId, text);
  }

  async #inspect({ engine, container: { id, name } }: ContainerTarget): Promise<unknown> {
    const call = { method: "GET", path: `/containers/${id}/json` } as const;
    const inspection = await engine.call(call, AbortSignal.timeout(PATIENCE_MS));
    if (!this.services.own.is(id, inspection)) return inspection;
    throw new AppError(
      "forbidden",
      `Cannot open a terminal in "${name}": it is DockStat's own container, which holds the token`,
    );
  }

  #checkCount({ actor }: Person): void {
    const total = [...this.#open.values()].reduce((sum, count) => sum + count, 0);
    const own = this.#open.get(actor) ?? 0;
    const { terminals, perSession } = this.bounds;
    if (total < terminals && own < perSession) return;
    const what = own < perSession
      ? `${terminals} terminals are open`
      : `this session has ${perSession} terminals`;
    throw new AppError("too-many", `Cannot open another terminal: ${what}. Close one first`);
  }

  async #serve(
    client: Client,
    target: ContainerTarget,
    inspection: unknown,
    size: Size,
    person: Person,
  ): Promise<void> {
    const { actor } = person;
    const receiver = new Receiver(client, target.hostId, size, this.bounds);
    try {
      // Others may have been opened since the upgrade was allowed.
      this.#checkCount(person);
    } catch (error) {
      return this.#refuse(client, target.hostId, error);
    }
    this.#open.set(actor, (this.#open.get(actor) ?? 0) + 1);
    try {
      const start = await receiver.start;
      if (start === undefined) return;
      const record = new TerminalRecord({ target, inspection, start, person, audit: this.services.audit });
      await this.#run({ client, receiver, target, start, record });
    } catch (error) {
      this.#refuse(client, target.hostId, error);
    } finally {
      const left = this.#open.get(actor)! - 1;
      if (left > 0) this.#open.set(actor, left);
      else this.#open.delete(actor);
    }
  }

  /** Reports an operation that could not be started, such as on a full disk. */
  #refuse(client: Client, hostId: string, error: unknown): void {
    if (!(error instanceof AppError)) log.error("A terminal failed unexpectedly: {error}", { error });
    const message = error instanceof AppError
      ? reason(error)
      : "Cannot open a terminal: an internal error occurred";
    client.send(JSON.stringify({ hostId, error: message, kind: "refused" }));
    client.close(CLOSE.failed, "the terminal cannot be opened");
  }

  async #run(session: Session): Promise<void> {
    const { target, start, record } = session;
    const { hostId, stackId, hide, container: { id, name, project } } = target;
    const plan: Plan = {
      command: "open a terminal in",
      action: "executing",
      ...{ stackId, hostId, project, hide },
      target: { kind: "container", name, id },
      aside: `terminal:${crypto.randomUUID()}`,
      work: async (context) => await this.#work(session, context),
      get success() {
        return { status: "running" as const, message: record.sentence };
      },
    };
    await this.services.runner.begin(plan).done;
    log.debug("A terminal in {name} has ended, command {command}", {
      name,
      command: start.cmd[0] ?? "shell",
    });
  }

  async #work(
    { client, receiver, target: { engine, hostId, container }, start, record }: Session,
    { signal, report }: RunContext,
  ): Promise<ComposeEnd> {
    const { bounds, host } = this;
    record.opened(report);
    const ended = AbortSignal.any([signal, client.signal]);
    const parts = { engine, hostId, container, client, receiver, start, bounds, host };
    const terminal = new OpenTerminal(parts, ended);
    const end = await terminal.run();
    record.closed(end, terminal, report);
    finish(client, hostId, end, signal.aborted);
    const { name } = container;
    if (end.leftover === undefined) return { code: 0, error: undefined };
    return {
      code: 1,
      error:
        `The command still runs in container "${name}": ${end.leftover}. Restart the container to end it`,
    };
  }
}

/** A client that has sent its first frame. */
interface Session {
  readonly client: Client;
  readonly receiver: Receiver;
  readonly target: ContainerTarget;
  readonly start: TerminalStart;
  readonly record: TerminalRecord;
}

/** Sends the result and closes the socket. */
function finish(
  client: Client,
  hostId: string,
  { exitCode, failure }: TerminalEnd,
  wasCancelled: boolean,
): void {
  if (failure !== undefined) {
    client.send(JSON.stringify({ hostId, error: failure.message, kind: failure.kind }));
  }
  client.send(JSON.stringify({ exit: exitCode }));
  const end = failure === undefined ? "the command has ended" : failure.kind;
  client.close(CLOSE.done, wasCancelled ? "the terminal was cancelled" : end);
}
