/** Warns about a reverse proxy that the settings do not expect. */
import { getLogger } from "../log/log.ts";
import { expectsProxy, forwardingHeader, type LocalRules } from "./local.ts";

const log = getLogger(["dockstat", "access"]);

/** Logs one warning per server. */
export class ProxyWarning {
  #warned = false;

  /** Warns when a request was forwarded by a proxy and neither `--view-token` nor an outside `--origin` is set. */
  check({ headers }: Request, rules: LocalRules): void {
    if (this.#warned || expectsProxy(rules)) return;
    const header = forwardingHeader(headers);
    if (header === undefined) return;
    this.#warned = true;
    log.warn(
      "A proxy forwards requests (header {header}). Set --view-token, and --origin to the URL of the proxy, so that " +
        "its clients are not taken for users of this machine",
      { header },
    );
  }
}
