// The functions of `@std/http/etag` that are used; the npm package carries no types.

export function eTag(entity: Uint8Array): Promise<string | undefined>;
export function ifNoneMatch(value: string | null, etag: string): boolean;
