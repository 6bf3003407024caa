/** Request and answer of `POST /session`, which gives a ticket to Docker Desktop's page. */
import * as v from "valibot";
import { described } from "./schema.ts";

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
