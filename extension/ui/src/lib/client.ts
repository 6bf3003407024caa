/** What every view needs: the way to the server, and what the server says about itself. */
import { createContext, useContext } from "react";
import type { About } from "../../../../server/protocol/about.ts";
import type { DesktopClient } from "./transport/desktop.ts";
import type { LiveSocket, LiveState } from "./live.ts";
import { Observable } from "./observable.ts";
import type { ChannelEnd, Transport } from "./transport/transport.ts";
import { useObservable } from "./use_observable.ts";

/** How a socket stands, or stood when its view was left. */
export interface SocketRecord {
  readonly name: string;
  readonly state: LiveState;
  /** The newest first. */
  readonly ends: readonly ChannelEnd[];
  readonly path: string;
}

/** The page's one connection to the world. */
export class Client {
  /** What the server says about itself and about us; `undefined` until it has answered. */
  readonly about = new Observable<About | undefined>(undefined);
  /** The sockets that are open now, by the name that people read. */
  readonly sockets = new Observable<ReadonlyMap<string, LiveSocket>>(new Map());
  /** The last socket of each name whose view was left; for reports of faults. */
  readonly left = new Map<string, SocketRecord>();

  /** @param desktop Docker Desktop's own client; `undefined` in a plain browser. */
  constructor(readonly transport: Transport, readonly desktop: DesktopClient | undefined) {}

  /** Asks the server about itself; after a loss it may be another one. */
  async refreshAbout(): Promise<void> {
    try {
      this.about.set(await this.transport.ask<About>("/about"));
    } catch {
      // The sockets tell that the server is not there.
    }
  }

  /** Shows the state of a socket in the header until the returned function is called. */
  readonly show = (name: string, socket: LiveSocket): () => void => {
    this.sockets.set(new Map([...this.sockets.value, [name, socket]]));
    return () => {
      const left = new Map(this.sockets.value);
      if (left.get(name) === socket) left.delete(name);
      this.sockets.set(left);
      this.left.set(name, recordOf(name, socket));
    };
  };
}

/** How a socket stands now. */
export function recordOf(name: string, { state, ends, options }: LiveSocket): SocketRecord {
  return { name, state: state.value, ends: [...ends], path: options.path() };
}

const ClientContext = createContext<Client | undefined>(undefined);

/** Gives the client to everything below. */
export const ClientProvider = ClientContext.Provider;

/** The page's client. */
export function useClient(): Client {
  const client = useContext(ClientContext);
  if (client === undefined) throw new Error("useClient is for what stands below ClientProvider");
  return client;
}

/** What the server says about itself; `undefined` until it has answered. */
export function useAbout(): About | undefined {
  return useObservable(useClient().about);
}

/** Why nothing can be changed from here, as a sentence for people; `undefined` when it can. */
export function useObstacle(): string | undefined {
  const about = useAbout();
  if (about?.readOnly) return "This server runs with --read-only: nothing can be changed.";
  if (about !== undefined && about.access !== "full") {
    return "Sign in to make changes: open the link that DockStat printed, or enter the token above.";
  }
  return undefined;
}
