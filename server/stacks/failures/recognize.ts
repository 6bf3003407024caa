/** Pure: recognizes the cause of a failed operation in the text of Compose or the engine. */
import type { FailureKind } from "../../protocol/operations.ts";

/** A cause, with its subject. */
export interface Cause {
  readonly kind: FailureKind;
  /** Port, image, registry, command, or name of a container or service; empty where the text names none. */
  readonly subject: string;
  /** Address of the port on the host; empty for all. */
  readonly address?: string;
}

/** Longest text that is searched, characters. */
const MOST = 4096;
const IMAGE = String.raw`[\w./:@-]{1,300}`;

/** Patterns in order: the first that matches decides. The first group is the subject. */
const PATTERNS: readonly (readonly [kind: FailureKind, pattern: RegExp])[] = [
  ["no-space", /no space left on device|disk quota exceeded|not enough (?:free )?space/i],
  ["engine-unreachable", /^Docker daemon not reachable$|cannot connect to the docker daemon/i],
  ["name-in-use", /container name "\/?([^"]{1,200})" is already in use/],
  ["unhealthy", /container (\S{1,200}) is unhealthy/],
  ["failed-dependency", /service "([^"]{1,200})" didn't complete successfully/],
  ["rate-limit", /toomanyrequests|too many requests|rate limit|\b429\b/i],
  [
    "authentication",
    new RegExp(
      `pull access denied for (${IMAGE})|(?:Head|Get) "https?://([^"/]{1,200})/[^"]*": (?:no basic auth credentials|unauthorized|denied)`,
    ),
  ],
  [
    "authentication",
    new RegExp(
      `failed to resolve reference "(${IMAGE})":[^\\n]*(?:authorization failed|unauthorized|no basic auth|401 Unauthorized|403 Forbidden|denied)`,
    ),
  ],
  [
    "authentication",
    /no basic auth credentials|unauthorized: |authentication required|denied: requested access/,
  ],
  ["image-not-found", new RegExp(`manifest for (${IMAGE}) not found|No such image: (${IMAGE})`)],
  ["image-not-found", new RegExp(`failed to resolve reference "(${IMAGE})": \\S{1,300}: not found`)],
  ["image-not-found", /manifest unknown|repository name not known to registry/],
  [
    "registry-unreachable",
    /(?:Head|Get) "https?:\/\/([^"/]{1,200})\/[^"]*": (?:dial tcp|net\/http|context deadline|EOF|tls|x509|http: server gave)/,
  ],
  [
    "registry-unreachable",
    /dial tcp: lookup (\S{1,200})(?: on \S+)?: (?:no such host|server misbehaving|i\/o timeout)/,
  ],
  // Last, because a step of a build may also fail for the reasons above.
  [
    "build-failed",
    /failed to solve: process "(?:\/bin\/sh -c )?((?:[^"\\]|\\.){1,2000})" did not complete successfully: exit code/,
  ],
  ["build-failed", /The command '(?:\/bin\/sh -c )?([^'\n]{1,2000})' returned a non-zero code/],
];

/** Texts about a port that is in use: by another container, or by another program. */
const PORTS: readonly RegExp[] = [
  /Bind for (\S{0,60}):(\d{1,5}) failed: port is already allocated/,
  /listen (?:tcp|udp)[46]? (\S{0,60}):(\d{1,5}): bind: address already in use/,
  /failed to bind (?:host )?port (?:for )?(\S{0,60}?):(\d{1,5})[:/\s][^\n]{0,200}address already in use/,
];

/** Recognizes the cause of a failure; `unknown` for any other text. */
export function recognizeFailure(error: string): Cause {
  const text = error.slice(0, MOST);
  for (const pattern of PORTS) {
    const [, address, port] = pattern.exec(text) ?? [];
    if (port !== undefined) {
      return { kind: "port-in-use", subject: port, address: plainAddress(address ?? "") };
    }
  }
  for (const [kind, pattern] of PATTERNS) {
    const match = pattern.exec(text);
    if (match !== null) return { kind, subject: match.slice(1).find((group) => group !== undefined) ?? "" };
  }
  return { kind: "unknown", subject: "" };
}

/** Removes brackets, and the addresses that stand for all. */
function plainAddress(address: string): string {
  const plain = address.replace(/^\[(.*)\]$/, "$1");
  return plain === "0.0.0.0" || plain === "::" ? "" : plain;
}
