// The functions of `@std/path/posix` that are used; the npm package carries no types.

export function basename(path: string): string;
export function dirname(path: string): string;
export function isAbsolute(path: string): boolean;
export function join(...paths: string[]): string;
export function normalize(path: string): string;
export function resolve(...paths: string[]): string;
