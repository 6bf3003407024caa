/** `POST /session`, on the unix socket only: a ticket for the sockets, and their address. */
import * as v from "valibot";
import { findContainer } from "../containers/find.ts";
import type { Container } from "../docker/container.ts";
import { jsonResponse } from "../http/problem.ts";
import type { Session, SessionRequest } from "../protocol/session.ts";
import { runsInContainer } from "../stacks/hosts.ts";
import type { Feed } from "../stats/feed.ts";
import type { Tickets } from "../access/tickets.ts";

/** Services of `POST /session`. */
export interface SessionParts {
  readonly tickets: Tickets;
  readonly feed: Feed;
  /** Name of this machine; in a container the start of its id, unless it was set. */
  readonly hostname: string | undefined;
  /** Returns the address that this process listens on, such as `http://0.0.0.0:9876`. */
  readonly listensOn: () => string;
}

/** Time for the page to open its sockets, ms. */
const OPENING_MS = 3000;
/** Timeout of the engine's first answer, ms. */
const SETTLING_MS = 3000;
/** Hostname that engines give to a container. */
const SHORT_ID = /^[0-9a-f]{12,64}$/;
/** Project name that Docker Desktop gives to an extension. */
const DESKTOP_PROJECT = /-desktop-extension$/;

/** Issues a ticket to a page; the port is found at every call, since it may change at every restart. */
export async function beginSession(
  { origin, terminal }: v.InferOutput<typeof SessionRequest>,
  parts: SessionParts,
): Promise<Response> {
  // Only the engine knows the published port, and just after the start it has not answered yet.
  await parts.feed.settled(SETTLING_MS);
  const { text, expiresAt } = parts.tickets.issue(origin, terminal && terminalOf(terminal, parts));
  parts.feed.expect(OPENING_MS);
  const session: Session = {
    wsBase: socketBase(parts),
    ticket: text,
    expiresAt: new Date(expiresAt).toISOString(),
  };
  return jsonResponse(session);
}

/** Returns the path of a container's terminal, as requests name it that use the container's id. */
function terminalOf(
  { hostId, id }: { readonly hostId: string; readonly id: string },
  { feed }: SessionParts,
): string {
  const { container } = findContainer(feed, hostId, id);
  return `/containers/${encodeURIComponent(hostId)}/${container.id}/terminal`;
}

/** Returns the address of the sockets for a page on the same machine; `null` for a container without a published port. */
function socketBase({ feed, hostname, listensOn }: SessionParts): string | null {
  const own = new URL(listensOn());
  const basePath = own.pathname.replace(/\/$/, "");
  const scheme = own.protocol === "https:" ? "wss" : "ws";
  const containers = ownContainers(feed, hostname ?? "");
  if (containers.length === 0) return `${scheme}://${own.host}${basePath}`;
  const [port] = containers.map((one) => publishedPort(one, own.port)).filter((one) => one !== undefined);
  return port === undefined ? null : `${scheme}://127.0.0.1:${port}${basePath}`;
}

/** Returns this process's container: the one whose id is the hostname, or else those of the Desktop extension. */
function ownContainers(feed: Feed, hostname: string): readonly Container[] {
  const all = feed.hostIds.flatMap((hostId) => feed.containers(hostId) ?? []);
  const named = SHORT_ID.test(hostname) ? all.filter(({ id }) => id.startsWith(hostname)) : [];
  if (named.length > 0 || !runsInContainer()) return named;
  return all.filter(({ project, image }) => DESKTOP_PROJECT.test(project ?? "") && /dockstat/.test(image));
}

/** Returns the published port of a container's port, from pairs such as "49731:9876/tcp". */
function publishedPort({ portPairs }: Container, port: string): string | undefined {
  const pair = portPairs.split(" ").find((one) => one.endsWith(`:${port}/tcp`));
  return pair?.split(":", 1)[0];
}
