/** Pure: the authentication that a registry requires. */

/** An authentication scheme of a registry. */
export type Challenge =
  | { readonly kind: "none" }
  | { readonly kind: "basic" }
  | { readonly kind: "bearer"; readonly realm: string; readonly service: string | undefined };

/** Token services of registries that have them on another host. */
const REALMS: Readonly<Record<string, string>> = { "registry-1.docker.io": "auth.docker.io" };
const LONGEST_HEADER = 4096;

/**
 * Parses `WWW-Authenticate`; `undefined` for a scheme that DockStat does not support.
 *
 * @see https://distribution.github.io/distribution/spec/auth/token/
 */
export function parseChallenge(header: string | undefined): Challenge | undefined {
  if (header === undefined || header.length > LONGEST_HEADER) return undefined;
  const [, scheme, rest] = /^(\w+)(?:\s+(.*))?$/s.exec(header.trim()) ?? [];
  if (scheme?.toLowerCase() === "basic") return { kind: "basic" };
  if (scheme?.toLowerCase() !== "bearer") return undefined;
  const parameters = new Map(
    [...(rest ?? "").matchAll(/(\w+)="([^"]*)"/g)].map(([, name, value]) => [name!.toLowerCase(), value!]),
  );
  const realm = parameters.get("realm");
  if (realm === undefined || !URL.canParse(realm)) return undefined;
  return { kind: "bearer", realm, service: parameters.get("service") };
}

/** Reports whether a login for a registry may be sent to a realm: over TLS, to its own host or its known service. */
export function mayReceiveLogin(realm: string, registry: string): boolean {
  const [to, from] = [new URL(realm), new URL(registry)];
  if (to.host === from.host && to.protocol === from.protocol) return true;
  return to.protocol === "https:" && to.host === REALMS[from.host];
}

/** Returns the address that issues a token for reading one repository. */
export function tokenUrl(
  { realm, service }: Extract<Challenge, { kind: "bearer" }>,
  repository: string,
): string {
  const url = new URL(realm);
  if (service !== undefined) url.searchParams.set("service", service);
  url.searchParams.set("scope", `repository:${repository}:pull`);
  return url.href;
}
