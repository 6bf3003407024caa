/** Security schemes of both documents. */
import { SUBPROTOCOL } from "../access/credentials.ts";

const BEARER = "The token, which `dockstat token` prints, or a session of `POST /sessions`.";
const PROTOCOL =
  `\`${SUBPROTOCOL}, token.<base64url of the token or session, without padding>\`, for browsers, which cannot set other headers; ` +
  `or \`${SUBPROTOCOL}, ticket.<ticket>\`, with a ticket of \`POST /session\`.`;

const SIGNATURE =
  "HMAC-SHA-256 of the raw body by the secret of the stack's webhook, in `X-Hub-Signature-256` or " +
  "`X-Gitea-Signature`, or the secret itself in `X-Gitlab-Token`; a redeployment sends its own token as bearer.";

/** Security schemes for OpenAPI. */
export const HTTP_SCHEMES = {
  bearer: { type: "http", scheme: "bearer", description: BEARER },
  subprotocol: { type: "apiKey", in: "header", name: "Sec-WebSocket-Protocol", description: PROTOCOL },
  signature: { type: "apiKey", in: "header", name: "X-Hub-Signature-256", description: SIGNATURE },
} as const;

/** Security schemes for AsyncAPI. */
export const SOCKET_SCHEMES = {
  bearer: { type: "http", scheme: "bearer", description: BEARER },
  subprotocol: { type: "httpApiKey", in: "header", name: "Sec-WebSocket-Protocol", description: PROTOCOL },
} as const;
