/** The client that all views share: the transport to the server, and the server's answer to `/about`. */
import { createContext, useContext } from "react";
import type { About } from "../../../../server/protocol/about.ts";
import type { DesktopClient } from "./transport/desktop.ts";
import type { LiveSocket, LiveState } from "./live.ts";
import { Observable } from "./observable.ts";
import type { ChannelEnd, Transport } from "./transport/transport.ts";
import { useObservable } from "./use_observable.ts";

/** State of a socket, now or when its view was closed. */
export interface SocketRecord {
  readonly name: string;
  readonly state: LiveState;
  /** Last closures, newest first. */
  readonly ends: readonly ChannelEnd[];
  readonly path: string;
}

/** The page's client of the server. */
export class Client {
  /** Answer to `/about`; `undefined` until the server has answered. */
  readonly about = new Observable<About | undefined>(undefined);
  /** Sockets of the current views, by display name. */
  readonly sockets = new Observable<ReadonlyMap<string, LiveSocket>>(new Map());
  /** Last socket of each closed view, by display name; for diagnostics. */
  readonly closed = new Map<string, SocketRecord>();

  /** @param desktop Docker Desktop's extension client; `undefined` in a plain browser. */
  constructor(readonly transport: Transport, readonly desktop: DesktopClient | undefined) {}

  /** Reads `/about` again, since a new server may answer after a reconnect. */
  async refreshAbout(): Promise<void> {
    try {
      const about = await this.transport.ask<About>("/about");
      // The whole page reads it, so an equal answer must not render the page again.
      if (JSON.stringify(about) !== JSON.stringify(this.about.value)) this.about.set(about);
    } catch {
      // The sockets report that the server is unreachable.
    }
  }

  /** Shows the state of a socket in the header until the returned function is called. */
  readonly show = (name: string, socket: LiveSocket): () => void => {
    this.sockets.set(new Map([...this.sockets.value, [name, socket]]));
    return () => {
      const open = new Map(this.sockets.value);
      if (open.get(name) === socket) open.delete(name);
      this.sockets.set(open);
      this.closed.set(name, recordOf(name, socket));
    };
  };
}

/** Returns the current state of a socket. */
export function recordOf(name: string, { state, ends, options }: LiveSocket): SocketRecord {
  return { name, state: state.value, ends: [...ends], path: options.path() };
}

const ClientContext = createContext<Client | undefined>(undefined);

/** Provides the client to a tree of components. */
export const ClientProvider = ClientContext.Provider;

/** Returns the page's client. */
export function useClient(): Client {
  const client = useContext(ClientContext);
  if (client === undefined) throw new Error("useClient() needs a ClientProvider above the component");
  return client;
}

/** Returns the server's answer to `/about`; `undefined` until it has answered. */
export function useAbout(): About | undefined {
  return useObservable(useClient().about);
}

/** Returns whether the client may view data; false until the server has answered. */
export function useMayView(): boolean {
  const access = useAbout()?.access;
  return access !== undefined && access !== "none";
}

/** Returns the reason why changes are not possible, as a sentence; `undefined` when they are. */
export function useObstacle(): string | undefined {
  const about = useAbout();
  if (about?.readOnly) return "This server is read-only (--read-only). Changes are disabled.";
  if (about !== undefined && about.access !== "full") {
    return "Changes need the token. Sign in above, or open the link that DockStat printed.";
  }
  return undefined;
}
