/** `/containers/{hostId}/{id}/terminal`: a command in a container, over a socket. */
import { actorOf } from "./audited.ts";
import { jsonResponse } from "../http/problem.ts";
import { type Option, parseOptions } from "../http/query.ts";
import type { Path } from "../http/router.ts";
import { MOST_CELLS } from "../protocol/terminal/frames.ts";
import { LARGEST_FRAME } from "../terminal/bounds.ts";
import type { Terminals } from "../terminal/terminals.ts";
import type { SignInParts } from "./sessions.ts";

/** Services of this path. */
export interface TerminalPathServices {
  readonly terminals: Terminals;
  readonly signIn: SignInParts;
}

const cells: Option<number> = {
  parse: (text) => /^[1-9]\d{0,2}$/.test(text) && Number(text) <= MOST_CELLS ? Number(text) : undefined,
  expected: `a whole number from 1 to ${MOST_CELLS}`,
};
/** Size of a terminal whose client states none. */
const [COLUMNS, ROWS] = [80, 24];

/** Returns the path of a container's terminal. A plain GET reports whether a terminal can be opened. */
export function terminalPath({ terminals, signIn }: TerminalPathServices): Path {
  return {
    need: "change",
    frameBytes: LARGEST_FRAME,
    GET: async ({ url, params: { hostId = "", id = "" } }) => {
      parseOptions(url.searchParams, { cols: cells, rows: cells });
      return jsonResponse(await terminals.facts(hostId, id));
    },
    socket: async (url, _trusted, { request, params: { hostId = "", id = "" }, channel, peer }) => {
      const { cols, rows } = parseOptions(url.searchParams, { cols: cells, rows: cells });
      const person = { actor: actorOf(request, channel, signIn), address: peer };
      return await terminals.open(hostId, id, [cols[0] ?? COLUMNS, rows[0] ?? ROWS], person);
    },
  };
}
