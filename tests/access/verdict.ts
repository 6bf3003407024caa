/** Rules of access for tests, and the verdict on a request. */
import { type AccessLevel, type AccessRules, type Channel, checkAccess } from "../../server/access/access.ts";
import { encodeBase64Url } from "../../server/access/credentials.ts";
import { AppError } from "../../server/errors.ts";
import { Tickets } from "../../server/access/tickets.ts";
import { AccessToken } from "../../server/access/token.ts";
import { TOKEN } from "../client.ts";

/** Token of the server under test. */
export const token = new AccessToken(TOKEN, undefined);
/** Subprotocols with the token. */
export const PROTOCOL = `dockstat.v1, token.${encodeBase64Url(new TextEncoder().encode(TOKEN))}`;

// One ticket for all tests: its timer must not belong to any single test.
const issued = new Tickets();
const ticket = issued.issue("file://");
globalThis.addEventListener("unload", () => issued[Symbol.dispose]());
/** Subprotocols with a ticket. */
export const TICKET = `dockstat.v1, ticket.${ticket.text}`;

/** Rules of a server on the loopback address. */
export const LOOPBACK: AccessRules = {
  listenHost: "127.0.0.1",
  origins: [],
  readOnly: false,
  viewToken: false,
  validity: (credential) => token.matches(credential) ? token.signal : undefined,
  findTicket: (presented) => issued.find(presented),
};
/** Rules of a server on all addresses. */
export const ANYWHERE: AccessRules = { ...LOOPBACK, listenHost: "0.0.0.0" };
/** Rules with a configured origin. */
export const PROXIED: AccessRules = { ...LOOPBACK, origins: ["https://dock.example.org"] };
/** Rules without authentication. */
export const OPEN: AccessRules = { ...ANYWHERE, validity: undefined };

/** Returns "ok", or the code with which a request is refused. */
export function verdict(
  rules: AccessRules,
  need: AccessLevel,
  url: string,
  headers: Record<string, string> = {},
  channel: Channel = "tcp",
): string {
  try {
    checkAccess(
      new Request(url, { headers: { host: new URL(url).host, ...headers } }),
      new URL(url),
      need,
      rules,
      channel,
    );
    return "ok";
  } catch (error) {
    return error instanceof AppError ? error.code : String(error);
  }
}

/** Address of a request on the loopback address. */
export const HOME = "http://127.0.0.1:9876/docker/stats";
/** Address of a request from the network. */
export const LAN = "http://192.168.1.5:9876/docker/stats";

/** A request and its verdict. */
export type Case = readonly [
  what: string,
  AccessRules,
  AccessLevel,
  url: string,
  Record<string, string>,
  expected: string,
];
