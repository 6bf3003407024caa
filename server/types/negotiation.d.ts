// The functions of `@std/http/negotiation` that are used; the npm package carries no types.

export function accepts(request: Pick<Request, "headers">, ...types: readonly string[]): string | undefined;
export function acceptsEncodings(
  request: Pick<Request, "headers">,
  ...encodings: readonly string[]
): string | undefined;
