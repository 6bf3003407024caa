// The one function of `@std/text/closest-string` that is used; the npm package carries no types.

export function closestString(givenWord: string, possibleWords: readonly string[]): string;
