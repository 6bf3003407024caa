/** Sessions of the dashboard, and tickets for Docker Desktop's page. */
import * as v from "valibot";
import { described, time } from "./schema.ts";

/** The body of `POST /session`: the page that will open the sockets. */
export const SessionRequest = v.strictObject({
  origin: v.pipe(
    v.string("the origin of the page"),
    v.maxLength(256, "an origin of 256 characters at most"),
    v.regex(
      /^(null|[a-z][a-z0-9+.-]*:\/\/[^\s/?#]*)$/,
      'an origin such as "file://", "null" or "https://host:port"',
    ),
    v.description("The page's `origin`; `null` or `file://` for a page from a file."),
  ),
  protocol: v.optional(v.pipe(
    v.string('a protocol such as "file:"'),
    v.regex(/^[a-z][a-z0-9+.-]{0,30}:$/, 'a protocol such as "file:"'),
    v.description("The page's `location.protocol`."),
  )),
  terminal: v.optional(v.pipe(
    v.strictObject({
      hostId: v.pipe(v.string("a host"), v.maxLength(80, "the id of a host")),
      id: v.pipe(v.string("a container"), v.maxLength(255, "the id of a container")),
    }, "the keys hostId and id"),
    v.description("The container whose terminal the ticket opens, once, within 30 s; it opens nothing else."),
  )),
});

/** The answer of `POST /session`. */
export const Session = v.strictObject({
  wsBase: described(
    v.nullable(v.string()),
    "Address of the sockets, such as `ws://127.0.0.1:49731`; `null` when no port is published.",
  ),
  ticket: described(v.string(), "Travels as `Sec-WebSocket-Protocol: dockstat.v1, ticket.<ticket>`."),
  expiresAt: described(
    v.string(),
    "ISO 8601; the ticket's sockets are closed then, with 1008.",
  ),
});

/** An answer in the shape of {@linkcode Session}. */
export type Session = Readonly<v.InferOutput<typeof Session>>;

/** The body of `POST /sessions`. */
export const SignIn = v.strictObject({
  token: v.pipe(v.string("the token"), v.maxLength(4096, "a token of 4096 characters at most")),
});

/** The answer of `POST /sessions`. */
export const NewSession = v.strictObject({
  session: described(v.string(), "Sent like the token: as Bearer, or in the subprotocol."),
  expires_at: described(
    v.string(),
    "ISO 8601; 30 days after the last use, 90 days after the start at the latest.",
  ),
});
/** An answer in the shape of {@linkcode NewSession}. */
export type NewSession = Readonly<v.InferOutput<typeof NewSession>>;

/** One session of `GET /sessions`, without its secret. */
export const SessionInfo = v.strictObject({
  id: v.string(),
  created_at: time,
  last_used_at: time,
  expires_at: time,
  current: described(v.boolean(), "True for the session of this request."),
});
/** A session in the shape of {@linkcode SessionInfo}. */
export type SessionInfo = Readonly<v.InferOutput<typeof SessionInfo>>;

/** The answer of `POST /token/rotate`. */
export const RotatedToken = v.strictObject({ token: v.string() });
/** An answer in the shape of {@linkcode RotatedToken}. */
export type RotatedToken = Readonly<v.InferOutput<typeof RotatedToken>>;
