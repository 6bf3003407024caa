// The few calls of dockerode that are used, with the abort signal that the published types do not know.

export interface Abortable {
  readonly abortSignal: AbortSignal;
}

export interface Container {
  inspect(options: Abortable): Promise<unknown>;
}

declare class Docker {
  constructor(options: object);
  ping(options: Abortable): Promise<unknown>;
  info(options: Abortable): Promise<unknown>;
  listContainers(
    options: Abortable & {
      readonly all: boolean;
      readonly filters?: Readonly<Record<string, readonly string[]>>;
    },
  ): Promise<unknown[]>;
  getContainer(id: string): Container;
  getEvents(
    options: Abortable & { readonly filters: Readonly<Record<string, readonly string[]>> },
  ): Promise<AsyncIterable<Uint8Array> & { destroy(): void }>;
}

export default Docker;
