/** Pure: addresses of published ports. */
import type { ContainerDetails } from "../../../../server/protocol/containers.ts";

/** A port as the page shows it. */
export interface PortView {
  /** Such as "8080 → 80/tcp", or "80/tcp" for a port that is not published. */
  readonly text: string;
  readonly isPublished: boolean;
  /** Address for a browser; `undefined` where none is reachable. */
  readonly href: string | undefined;
}

/** Location of the page and of the engine. */
export interface PortPlace {
  /** Host name of the page; empty in Docker Desktop. */
  readonly pageHost: string;
  /** Address of the engine, such as `ssh://admin@nas`. */
  readonly engineUrl: string | undefined;
  /** Name of the host for links, from the configuration. */
  readonly publicName?: string | null;
}

const LOOPBACK = /^(localhost|127\.\d+\.\d+\.\d+|\[?::1\]?)$/;
const ANY: ReadonlySet<string> = new Set(["", "0.0.0.0", "::"]);

/** Returns the published ports first; an engine lists a port once for IPv4 and once for IPv6. */
export function portViews(ports: ContainerDetails["ports"], place: PortPlace): readonly PortView[] {
  const views = new Map<string, PortView>();
  for (const port of ports) {
    const view = viewOf(port, place);
    if (view !== undefined && !views.has(view.text)) views.set(view.text, view);
  }
  return [...views.values()].sort((one, other) => Number(other.isPublished) - Number(one.isPublished));
}

function viewOf(port: ContainerDetails["ports"][number], place: PortPlace): PortView | undefined {
  const { hostAddress, public: open, private: inner, protocol } = port;
  if (inner === null) return undefined;
  const inside = `${inner}/${protocol ?? "tcp"}`;
  if (open === null) return { text: inside, isPublished: false, href: undefined };
  const address = hostAddress ?? "";
  const shown = ANY.has(address) ? `${open}` : `${bracketed(address)}:${open}`;
  const host = protocol === null || protocol === "tcp" ? reachable(address, place) : undefined;
  const scheme = inner === 443 ? "https" : "http";
  const href = host === undefined ? undefined : `${scheme}://${host}:${open}`;
  return { text: `${shown} → ${inside}`, isPublished: true, href };
}

function reachable(address: string, { pageHost, engineUrl, publicName }: PortPlace): string | undefined {
  const remote = remoteHost(engineUrl);
  const engine = remote ?? (pageHost === "" ? "localhost" : pageHost);
  if (ANY.has(address)) return bracketed(publicName ?? engine);
  if (!LOOPBACK.test(address)) return bracketed(address);
  return LOOPBACK.test(engine) ? bracketed(address) : undefined;
}

/** Returns the host of an engine on another machine. */
function remoteHost(url: string | undefined): string | undefined {
  const match = /^(?:tcp|https?|ssh):\/\/(?:[^@/]*@)?(\[[^\]]+\]|[^:/]+)/.exec(url ?? "");
  return match === null || LOOPBACK.test(match[1]!) ? undefined : match[1];
}

function bracketed(host: string): string {
  return host.includes(":") && !host.startsWith("[") ? `[${host}]` : host;
}
