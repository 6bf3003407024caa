// The one function of `@std/text/levenshtein-distance` that is used; the npm package carries no types.

export function levenshteinDistance(str1: string, str2: string): number;
