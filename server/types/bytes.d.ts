// The one function of `@std/fmt/bytes` that is used; the npm package carries no types.

export function format(
  bytes: number,
  options?: { readonly binary?: boolean; readonly maximumFractionDigits?: number },
): string;
