/** Containers whose logs a view shows. */
import type { OutputMessage } from "../../../../../server/protocol/output.ts";
import type { LineText } from "../../lib/lines/line.ts";
import { terminalText } from "../../lib/plain_text.ts";

/** Identity of a container. */
export interface ContainerKey {
  readonly hostId: string;
  /** The full id. */
  readonly containerId: string;
}

/** Containers of one view: those named, or all of a Compose project, also later ones. */
export interface OutputTarget {
  readonly containers: readonly ContainerKey[];
  readonly project?: string;
  /** Host of the project; all hosts when missing. */
  readonly hostId?: string;
}

/** Returns true for a view of several containers, whose lines need names. */
export function isMerged({ containers, project }: OutputTarget): boolean {
  return project !== undefined || containers.length > 1;
}

/** Returns the options of the server that select the containers of a view. */
export function targetOptions({ containers, project, hostId }: OutputTarget): [string, string][] {
  const hosts = new Set(containers.map((container) => container.hostId));
  const host = project === undefined ? hosts.size === 1 ? [...hosts][0] : undefined : hostId;
  return [
    ...containers.map(({ containerId }): [string, string] => ["container", containerId]),
    ...project === undefined ? [] : [["project", project] as [string, string]],
    ...host === undefined ? [] : [["host", host] as [string, string]],
  ];
}

/** Converts a message of the server to a line. */
export function toLine(message: OutputMessage, merged: boolean, ordinal?: number): LineText {
  const { timestamp, stream, containerId } = message;
  return {
    timestamp,
    stream,
    ...terminalText(message.message),
    ...merged && { source: containerId },
    ...ordinal !== undefined && { ordinal },
  };
}
