/** The record of a terminal, in its operation and in the audit journal; it never contains what was typed or shown. */
import type { ContainerTarget } from "../containers/plans.ts";
import { reason } from "../errors.ts";
import { getLogger } from "../log/log.ts";
import type { TerminalStart } from "../protocol/terminal/frames.ts";
import type { RunContext } from "../stacks/running.ts";
import type { AuditStore } from "../store/past/audit_store.ts";
import { fieldsOf, textOf } from "../untrusted_json.ts";
import type { OpenTerminal, TerminalEnd } from "./open_terminal.ts";
import { userOf } from "./reach.ts";

/** The client that opens a terminal. */
export interface Person {
  /** `token`, `session` and the start of its id, `ticket`, `socket` or `none`. */
  readonly actor: string;
  /** Address of the client. */
  readonly address: string;
}

/** Parts of a record. */
export interface RecordParts {
  readonly target: ContainerTarget;
  /** The engine's inspection of the container. */
  readonly inspection: unknown;
  readonly start: TerminalStart;
  readonly person: Person;
  readonly audit: AuditStore;
}

/** Statuses of entries in the audit journal: opened, and ended. */
const OPENED = 101;
const ENDED = 200;
/** Longest recorded name of a user or program, in characters. */
const LONGEST_NAME = 48;

const log = getLogger(["dockstat", "terminal"]);

/** The record of one terminal. */
export class TerminalRecord {
  readonly #openedAt = performance.now();
  #sentence = "";

  constructor(readonly parts: RecordParts) {}

  /** A sentence about the ended terminal. */
  get sentence(): string {
    return this.#sentence;
  }

  /** Records the start. */
  opened(report: RunContext["report"]): void {
    const { target: { container: { name } }, person: { actor, address } } = this.parts;
    report(step(name, "Executing", "working"));
    report({ kind: "note", message: `Opened by ${actor} from ${address}` });
    report({ kind: "note", message: `Container ${this.#facts}` });
    this.#audit("open", OPENED);
  }

  /** Records the end. */
  closed(
    { exitCode, failure, leftover }: TerminalEnd,
    { bytesIn, bytesOut }: Pick<OpenTerminal, "bytesIn" | "bytesOut">,
    report: RunContext["report"],
  ): void {
    const { name } = this.parts.target.container;
    const seconds = Math.round((performance.now() - this.#openedAt) / 1000);
    const exit = exitCode === null ? "" : `, exit code ${exitCode}`;
    this.#sentence = `Terminal in container "${name}" ended after ${seconds} s${exit}`;
    report({ kind: "note", message: `${this.#sentence}, ${bytesIn} bytes in, ${bytesOut} bytes out` });
    if (failure !== undefined) report({ kind: "warning", message: failure.message });
    if (leftover === undefined) report(step(name, "Executed", "done"));
    const rest = leftover === undefined ? "" : ", still runs";
    this.#audit(`close after ${seconds} s${exit}, ${bytesIn} bytes in, ${bytesOut} bytes out${rest}`, ENDED);
  }

  /** Id of the container, digest of its image, user and program. */
  get #facts(): string {
    const { target, inspection, start: { cmd, user } } = this.parts;
    const image = textOf(fieldsOf(inspection)["Image"]) ?? "unknown";
    const [program = "shell"] = cmd;
    const who = user || userOf(inspection) || "root";
    return `${target.container.id}, image ${shortened(image, 80)}, user ${shortened(who)}, command ${
      shortened(program)
    }`;
  }

  #audit(what: string, status: number): void {
    const { audit, person } = this.parts;
    const target = `terminal ${what}: ${this.#facts}`;
    try {
      audit.add({ action: "terminal", target, status, ...person }, Date.now());
    } catch (error) {
      log.error("Cannot store an entry of the audit journal: {error}", { error: reason(error) });
    }
  }
}

function step(name: string, verb: string, state: "working" | "done"): Parameters<RunContext["report"]>[0] {
  const resource = { kind: "container", name, parent: null } as const;
  const unknown = { reason: undefined, current: undefined, total: undefined };
  return { kind: "resource", id: `Container ${name}`, resource, state, verb, ...unknown };
}

function shortened(text: string, most = LONGEST_NAME): string {
  return text.length > most ? `${text.slice(0, most)}…` : text;
}
