/** Pure: names and addresses of hosts, and the base path of a server. */

/** Characters of a segment that no program reads differently. */
const SEGMENT = /^(?!\.{1,2}$)[A-Za-z0-9._~-]+$/;

/** Longest base path in characters. */
const LONGEST = 200;

/** Reports whether a name or address can only be reached from its own machine. */
export function isLoopback(hostname: string): boolean {
  const name = hostname.replace(/^\[|\]$/g, "").toLowerCase();
  return name === "localhost" || name.endsWith(".localhost") || name === "::1" ||
    /^127(\.\d{1,3}){3}$/.test(name);
}

/** Reports whether an address means every address of the machine. */
export function isWildcard(host: string): boolean {
  return host === "0.0.0.0" || host === "::" || host === "[::]";
}

/** Reports whether a hostname is an IP address, as URLs write it. */
export function isAddress(hostname: string): boolean {
  return hostname.startsWith("[") || /^\d{1,3}(\.\d{1,3}){3}$/.test(hostname);
}

/** Reports whether a text can be the name or the address of a host. */
export function isHost(text: string): boolean {
  if (text.includes(":")) return URL.canParse(`http://${bracketed(text)}/`);
  return /^[A-Za-z0-9_][A-Za-z0-9_.-]{0,252}$/.test(text);
}

/** Returns a host as URLs write it: in lower case, IPv6 in brackets. */
export function bracketed(host: string): string {
  const name = host.toLowerCase();
  return name.includes(":") && !name.startsWith("[") ? `[${name}]` : name;
}

/** Returns the URL of a server for clients on its machine. */
export function serverUrl(scheme: "http" | "https", host: string, port: number, basePath = ""): string {
  const name = isWildcard(host) ? (host === "0.0.0.0" ? "127.0.0.1" : "[::1]") : bracketed(host);
  return `${scheme}://${name}:${port}${basePath}`;
}

/** Returns a readable listen address for the log. */
export function listenAddress(host: string, url: string): string {
  if (!isWildcard(host)) return url;
  return `all addresses of this machine, port ${/:(\d+)(?:\/|$)/.exec(url)?.[1]}; on this machine ${url}`;
}

/** Returns a base path without its last slash, empty for the root; `undefined` for a text that is not one. */
export function toBasePath(text: string): string | undefined {
  const path = text.endsWith("/") ? text.slice(0, -1) : text;
  if (path === "") return "";
  const [first, ...segments] = path.split("/");
  const fits = first === "" && path.length <= LONGEST && segments.every((segment) => SEGMENT.test(segment));
  return fits ? path : undefined;
}
