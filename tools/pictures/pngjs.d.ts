// The parts of `pngjs` that are used; the npm package carries no types.

/** A picture with four bytes per pixel. */
export class PNG {
  constructor(options: { width: number; height: number });
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
  static readonly sync: {
    read(bytes: Uint8Array): PNG;
    write(picture: PNG): Uint8Array;
  };
}
