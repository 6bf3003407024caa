/** Security schemes of both documents. */
import { SUBPROTOCOL } from "../access/credentials.ts";

const BEARER = "The token, which `dockstat token` prints, or a session of `POST /sessions`.";
const PROTOCOL =
  `\`${SUBPROTOCOL}, token.<base64url of the token or session, without padding>\`, for browsers, which cannot set other headers; ` +
  `or \`${SUBPROTOCOL}, ticket.<ticket>\`, by one of \`POST /session\`.`;

/** Security schemes for OpenAPI. */
export const HTTP_SCHEMES = {
  bearer: { type: "http", scheme: "bearer", description: BEARER },
  subprotocol: { type: "apiKey", in: "header", name: "Sec-WebSocket-Protocol", description: PROTOCOL },
} as const;

/** Security schemes for AsyncAPI. */
export const SOCKET_SCHEMES = {
  bearer: { type: "http", scheme: "bearer", description: BEARER },
  subprotocol: { type: "httpApiKey", in: "header", name: "Sec-WebSocket-Protocol", description: PROTOCOL },
} as const;
