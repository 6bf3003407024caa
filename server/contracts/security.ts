/** Security schemes of both documents. */
import { COOKIE, SUBPROTOCOL } from "../access/credentials.ts";

const BEARER = "The token, which `dockstat token` prints.";
const SESSION =
  "The cookie that the printed link sets; it is not the token itself. Each server adds a suffix to its name.";
const PROTOCOL =
  `\`${SUBPROTOCOL}, token.<base64url of the token, without padding>\`, for browsers, which cannot set other headers; ` +
  `or \`${SUBPROTOCOL}, ticket.<ticket>\`, by one of \`POST /session\`.`;

/** Security schemes for OpenAPI. */
export const HTTP_SCHEMES = {
  bearer: { type: "http", scheme: "bearer", description: BEARER },
  cookie: { type: "apiKey", in: "cookie", name: COOKIE, description: SESSION },
  subprotocol: { type: "apiKey", in: "header", name: "Sec-WebSocket-Protocol", description: PROTOCOL },
} as const;

/** Security schemes for AsyncAPI. */
export const SOCKET_SCHEMES = {
  bearer: { type: "http", scheme: "bearer", description: BEARER },
  cookie: { type: "httpApiKey", in: "cookie", name: COOKIE, description: SESSION },
  subprotocol: { type: "httpApiKey", in: "header", name: "Sec-WebSocket-Protocol", description: PROTOCOL },
} as const;
