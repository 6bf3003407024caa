// What is used of `@std/http/status`; the npm package carries no types.

export const STATUS_TEXT: Readonly<Record<number, string>>;
