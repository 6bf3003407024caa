/** Containers whose images have a newer one, read while a part of the page shows them. */
import { useEffect, useState } from "react";
import type { ImageUpdates } from "../../../../server/protocol/images/updates.ts";
import { useAbout, useClient } from "../lib/client.ts";
import { Observable } from "../lib/observable.ts";
import type { Transport } from "../lib/transport/transport.ts";
import { useObservable } from "../lib/use_observable.ts";

/** Wait before the first reading, ms: the list of containers comes first. */
const FIRST_MS = 3000;
/** Interval between two readings, ms. */
const INTERVAL_MS = 300_000;

/** Key of a container, of a project, or of a service of a project. */
export function imageKey(hostId: string, ...names: readonly string[]): string {
  return JSON.stringify([hostId, ...names]);
}

/** Returns the keys of everything that has a newer image and whose policy is not "ignore". */
export function newerKeys({ updates }: ImageUpdates): ReadonlySet<string> {
  const keys = new Set<string>();
  for (const { hostId, state, containers } of updates) {
    if (state !== "newer") continue;
    for (const { id, project, service, policy } of containers) {
      if (policy === "ignore") continue;
      keys.add(imageKey(hostId, id));
      if (project === null) continue;
      keys.add(imageKey(hostId, "project", project));
      if (service !== null) keys.add(imageKey(hostId, "project", project, service));
    }
  }
  return keys;
}

/** The newer images of a server. */
class NewerImages {
  readonly keys = new Observable<ReadonlySet<string>>(new Set());
  #viewers = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(readonly transport: Transport) {}

  watch(): () => void {
    if (this.#viewers++ === 0) this.#schedule(FIRST_MS);
    return () => {
      if (--this.#viewers === 0) clearTimeout(this.#timer);
    };
  }

  #schedule(ms: number): void {
    this.#timer = setTimeout(() => void this.#read(), ms);
  }

  async #read(): Promise<void> {
    try {
      const listed = await this.transport.ask<ImageUpdates>("/updates");
      // An older server answers with something else.
      if (Array.isArray(listed.updates)) this.keys.set(newerKeys(listed));
    } catch {
      // The sockets report that the server is unreachable.
    }
    clearTimeout(this.#timer);
    if (this.#viewers > 0) this.#schedule(INTERVAL_MS);
  }
}

const OPEN = new WeakMap<Transport, NewerImages>();

/** Returns the keys of what has a newer image; empty for a client without the token. */
export function useNewerImages(): ReadonlySet<string> {
  const { transport } = useClient();
  const mayRead = useAbout()?.access === "full";
  const [images] = useState(() => OPEN.get(transport) ?? new NewerImages(transport));
  OPEN.set(transport, images);
  useEffect(() => mayRead ? images.watch() : undefined, [images, mayRead]);
  return useObservable(images.keys);
}
