/** The terminal of a container, a part of both documents. */
import { MOST_CELLS } from "../protocol/terminal/frames.ts";
import type { HttpPath } from "./http_operation.ts";
import type { OptionDocs } from "./options.ts";

/** Path of a terminal. */
export const TERMINAL = "/containers/{hostId}/{id}/terminal";

const cells = { type: "integer", minimum: 1, maximum: MOST_CELLS } as const;

/** Options of a terminal. */
export const TERMINAL_OPTIONS: OptionDocs = {
  cols: { description: "Columns at the start, 80 by default.", schema: cells, example: "120" },
  rows: { description: "Rows at the start, 24 by default.", schema: cells, example: "40" },
};

/** The path of a terminal for OpenAPI. */
export const TERMINAL_PATHS: Readonly<Record<string, HttpPath>> = {
  [TERMINAL]: {
    get: {
      id: "getTerminal",
      summary: "Whether a terminal can be opened in a container; an upgrade opens one",
      tag: "containers",
      need: "change",
      socket: true,
      query: TERMINAL_OPTIONS,
      answers: { 200: { description: "A terminal can be opened.", schema: "TerminalFacts" } },
      refusals: [404, 429, 502, 503],
    },
  },
};

/** The channel of a terminal for AsyncAPI. */
export const TERMINAL_CHANNEL = {
  address: TERMINAL,
  title: "Terminal in a container",
  description:
    "After the greeting the client sends the command as its first frame. Then binary frames are the bytes of the " +
    "command in both directions, and text frames are the messages. Needs the token, or a ticket for this container.",
  options: TERMINAL_OPTIONS,
  messages: ["terminalExit", "terminalFailure", "terminalAck"],
  received: ["terminalStart", "terminalControl"],
} as const;
