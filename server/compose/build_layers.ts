/** Parses the layers of images that a build pulls, from statuses of BuildKit as rawjson or as text. */
import { type ResourceProgress, sizesOf } from "./progress.ts";

/** Bytes of one blob of an image, or the extraction of a layer. */
export interface BlobStatus {
  /** "sha256:…", or "extracting sha256:…". */
  readonly id: string;
  /** Bytes; 0 if unknown. */
  readonly current: number;
  readonly total: number;
  readonly isDone: boolean;
}

/** "[web 1/2] FROM alpine:3@sha256:…", "docker-image://docker/dockerfile:1@sha256:…" */
const IMAGE = /^(?:(?:\[[^\]]*\] )?FROM |docker-image:\/\/)(\S+?)(?:@sha256:[0-9a-f]{64})?$/;
const BLOB = /^(extracting )?sha256:([0-9a-f]{12})[0-9a-f]{52}$/;
/** "sha256:… 2.10MB / 22.06MB 0.5s", "extracting sha256:… 0.2s done" */
const TEXT =
  /^((?:extracting )?sha256:[0-9a-f]{64})( [\d.]+[kMGT]?B \/ [\d.]+[kMGT]?B)?(?: [\d.]+s)?( done)?$/;
/** Limit of layers that are remembered. */
const MAX_LAYERS = 5000;

/** Parses the text after the number of a step, such as "sha256:… 2.10MB / 22.06MB 0.5s". */
export function parseBlobStatus(text: string): BlobStatus | undefined {
  const [, id, sizes = "", done] = TEXT.exec(text) ?? [];
  if (id === undefined) return undefined;
  const { current = 0, total = 0 } = sizesOf(sizes);
  return { id, current, total, isDone: done !== undefined };
}

/** The layers that one run pulls for its builds, with the verbs of a pull. */
export class BuildLayers {
  /** Images whose pull is reported and has not ended. */
  readonly #pulling = new Set<string>();
  /** Layers that were seen before they were complete. */
  readonly #layers = new Set<string>();

  /** Returns the progress of the layer that a status of a step is about; none for other statuses. */
  take(step: string, { id, current, total, isDone }: BlobStatus): readonly ResourceProgress[] {
    const image = IMAGE.exec(step)?.[1];
    const [, extracts, layer] = BLOB.exec(id) ?? [];
    if (image === undefined || layer === undefined) return [];
    const key = JSON.stringify([image, layer]);
    // The manifest and the configuration of an image are complete at their first status.
    if (!this.#layers.has(key) && (isDone || this.#layers.size >= MAX_LAYERS)) return [];
    this.#layers.add(key);
    const begins = this.#pulling.has(image) ? [] : [imageProgress(image, "working", "Pulling")];
    this.#pulling.add(image);
    const verb = extracts === undefined
      ? isDone ? "Download complete" : "Downloading"
      : isDone
      ? "Pull complete"
      : "Extracting";
    return [...begins, {
      ...imageProgress(image, isDone ? "done" : "working", verb),
      id: layer,
      resource: { kind: "layer", name: layer, parent: image },
      ...total > 0 && { current: Math.min(current, total), total },
    }];
  }

  /** Returns the end of the pull that a completed step was about. */
  end(step: string): readonly ResourceProgress[] {
    const image = IMAGE.exec(step)?.[1];
    return image !== undefined && this.#pulling.delete(image) ? [imageProgress(image, "done", "Pulled")] : [];
  }
}

function imageProgress(name: string, state: ResourceProgress["state"], verb: string): ResourceProgress {
  const resource = { kind: "image" as const, name, parent: null };
  return {
    ...{ kind: "resource", id: `Image ${name}`, resource, state, verb },
    reason: undefined,
    current: undefined,
    total: undefined,
  };
}
