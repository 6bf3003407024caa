import { useEffect, useState } from "react";
import type { ContainerDetails } from "../../../../../../../server/protocol/containers.ts";
import { useClient } from "../../../../lib/client.ts";
import type { Transport } from "../../../../lib/transport/transport.ts";

/** An image or a volume as the lists of a host have it; keys that a server does not send are missing. */
export interface StoredItem {
  readonly id?: string;
  readonly name?: string;
  /** ISO 8601. */
  readonly created?: string | null;
  readonly sizeBytes?: number | null;
}

/** The image of a container and the volumes that it mounts, as far as they are known. */
export interface Storage {
  readonly image: StoredItem | undefined;
  readonly volumes: readonly StoredItem[];
}

const UNKNOWN: Storage = { image: undefined, volumes: [] };

/** Loads the age of the image and the sizes of the volumes of a container. */
export function useStorage({ hostId, id, imageId, mounts }: ContainerDetails): Storage {
  const { transport } = useClient();
  const [storage, setStorage] = useState(UNKNOWN);
  const names = mounts.map(({ type, name }) => type === "volume" ? name : null).filter((name) =>
    name !== null
  );
  const wanted = names.join("/");
  useEffect(() => {
    const stop = new AbortController();
    const list = (kind: "images" | "volumes") => listOf(transport, kind, hostId, stop.signal);
    Promise.all([list("images"), wanted === "" ? [] : list("volumes")]).then(([images, volumes]) => {
      if (stop.signal.aborted) return;
      setStorage({
        image: images.find((image) => image.id === imageId),
        volumes: volumes.filter(({ name = "" }) => names.includes(name)),
      });
    }, () => {});
    return () => stop.abort();
  }, [transport, hostId, id, imageId, wanted]);
  return storage;
}

/** Returns a list of a host; empty when the server has none, since these facts are only additional. */
async function listOf(
  transport: Transport,
  kind: "images" | "volumes",
  hostId: string,
  signal: AbortSignal,
): Promise<readonly StoredItem[]> {
  try {
    return await transport.ask<readonly StoredItem[]>(`/${kind}?${new URLSearchParams({ host: hostId })}`, {
      signal,
    });
  } catch {
    return [];
  }
}
