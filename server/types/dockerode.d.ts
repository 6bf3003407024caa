// The part of dockerode that is used, with the abort signal that the published types do not know.

interface Request {
  readonly method: string;
  readonly path: string;
  readonly isStream: boolean;
  readonly statusCodes: object;
  readonly abortSignal: AbortSignal;
  readonly options?: object;
}

declare class Docker {
  constructor(options: object);
  readonly modem: {
    dial(
      request: Request,
      done: (error: unknown, stream: AsyncIterable<Uint8Array> & { readonly statusCode: number }) => void,
    ): void;
  };
}

export default Docker;
