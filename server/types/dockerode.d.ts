// The few calls of dockerode that are used, with the abort signal that the published types do not know.

export interface Abortable {
  readonly abortSignal: AbortSignal;
}

declare class Docker {
  constructor(options: object);
  ping(options: Abortable): Promise<unknown>;
  getEvents(
    options: Abortable & { readonly filters: Readonly<Record<string, readonly string[]>> },
  ): Promise<AsyncIterable<Uint8Array> & { destroy(): void }>;
}

export default Docker;
