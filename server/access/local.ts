/** Pure: requests from this machine, which may view without the token. */
import { isLoopback } from "../address.ts";

/** Settings that decide which requests are local. */
export interface LocalRules {
  /** Address that the server listens on, as configured. */
  readonly listenHost: string;
  /** Allowed origins beside the server's own, such as that of a proxy. */
  readonly origins: readonly string[];
  /** True with `--view-token`: viewing always requires the token. */
  readonly viewToken: boolean;
}

const FORWARDING = /^(via|cdn-loop)$|^(cf|fly|tailscale|remote)-|(^|-)(forwarded|client-ip|real-ip)(-|$)|^x-/;

/** Headers that begin with `X-` and that local clients send: scripts in a browser, and Prometheus. */
const LOCAL = new Set(["x-requested-with", "x-prometheus-scrape-timeout-seconds"]);

function isForwarding(name: string): boolean {
  const plain = name.toLowerCase().replaceAll("_", "-");
  return FORWARDING.test(plain) && !LOCAL.has(plain);
}

/**
 * Returns the name of the first header that a proxy adds, even an empty one; `_` counts as `-`. Proxies choose such
 * names freely, so every `X-` header counts, except those that local clients send.
 */
export function forwardingHeader(headers: Headers): string | undefined {
  return [...headers.keys()].find(isForwarding);
}

/** Reports whether the settings expect requests of other machines through a proxy. */
export function expectsProxy({ origins, viewToken }: LocalRules): boolean {
  return viewToken || origins.some((origin) => !isLoopback(new URL(origin).hostname));
}

/**
 * Reports whether a request comes from this machine, as far as can be known: the server listens on a loopback address,
 * `Host` is a loopback name, no proxy has forwarded the request, and none is expected.
 */
export function isLocal(request: Request, url: URL, rules: LocalRules): boolean {
  // Deno invents a Host for HTTP/1.0 requests without one; HTTP/2 has its host in the URL.
  const statesHost = request.headers.has("host") || url.protocol === "https:";
  return isLoopback(rules.listenHost) && statesHost && isLoopback(url.hostname) &&
    forwardingHeader(request.headers) === undefined && !expectsProxy(rules);
}
