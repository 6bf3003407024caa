// The parts of `gifenc` that are used; the npm package carries no types.

type Palette = readonly (readonly number[])[];

interface Encoder {
  writeFrame(
    indexes: Uint8Array,
    width: number,
    height: number,
    options: { palette: Palette; delay: number },
  ): void;
  finish(): void;
  bytes(): Uint8Array<ArrayBuffer>;
}

declare const gifenc: {
  GIFEncoder(): Encoder;
  quantize(pixels: Uint8Array, colors: number): Palette;
  applyPalette(pixels: Uint8Array, palette: Palette): Uint8Array;
};

export default gifenc;
