/** `POST /session`, over the unix socket alone: a ticket for the sockets, and where they are. */
import * as v from "valibot";
import type { Container } from "../docker/container.ts";
import { jsonResponse } from "../http/problem.ts";
import type { Session, SessionRequest } from "../protocol/session.ts";
import { runsInContainer } from "../stacks/hosts.ts";
import type { Feed } from "../stats/feed.ts";
import type { Tickets } from "../access/tickets.ts";

/** What sessions are made from. */
export interface SessionParts {
  readonly tickets: Tickets;
  readonly feed: Feed;
  /** The name of this machine; in a container the beginning of its id, unless that was given another. */
  readonly hostname: string | undefined;
  /** The address that this process listens on, such as `http://0.0.0.0:9876`. */
  readonly listensOn: () => string;
}

/** How long the page may take to open its sockets, ms. */
const OPENING_MS = 3000;
/** How long the engine may take to be asked for the first time, ms. */
const SETTLING_MS = 3000;
/** What an engine names a container's machine. */
const SHORT_ID = /^[0-9a-f]{12,64}$/;
/** Desktop names the project of an extension so. */
const DESKTOP_PROJECT = /-desktop-extension$/;

/** Gives a page a ticket; the port is looked for at every call, since it may change at every restart. */
export async function beginSession(
  { origin }: v.InferOutput<typeof SessionRequest>,
  parts: SessionParts,
): Promise<Response> {
  // Just after the start the engine has not been asked yet, and only it knows where the port is.
  await parts.feed.settled(SETTLING_MS);
  const { text, expiresAt } = parts.tickets.issue(origin);
  parts.feed.expect(OPENING_MS);
  const session: Session = {
    wsBase: socketBase(parts),
    ticket: text,
    expiresAt: new Date(expiresAt).toISOString(),
  };
  return jsonResponse(session);
}

/** Where a page on the same machine finds the sockets; `null` when this is a container that publishes no port. */
function socketBase({ feed, hostname, listensOn }: SessionParts): string | null {
  const own = new URL(listensOn());
  const scheme = own.protocol === "https:" ? "wss" : "ws";
  const containers = ownContainers(feed, hostname ?? "");
  if (containers.length === 0) return `${scheme}://${own.host}`;
  const [port] = containers.map((one) => publishedPort(one, own.port)).filter((one) => one !== undefined);
  return port === undefined ? null : `${scheme}://127.0.0.1:${port}`;
}

/** This process's container: the one whose id the machine's name is, or else what Desktop has started of ours. */
function ownContainers(feed: Feed, hostname: string): readonly Container[] {
  const all = feed.hostIds.flatMap((hostId) => feed.containers(hostId) ?? []);
  const named = SHORT_ID.test(hostname) ? all.filter(({ id }) => id.startsWith(hostname)) : [];
  if (named.length > 0 || !runsInContainer()) return named;
  return all.filter(({ project, image }) => DESKTOP_PROJECT.test(project ?? "") && /dockstat/.test(image));
}

/** The port of the host that leads to a port of the container, from pairs such as "49731:9876/tcp". */
function publishedPort({ portPairs }: Container, port: string): string | undefined {
  const pair = portPairs.split(" ").find((one) => one.endsWith(`:${port}/tcp`));
  return pair?.split(":", 1)[0];
}
