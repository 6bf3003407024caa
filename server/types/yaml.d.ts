// The one function of `@std/yaml` that is used; the npm package carries no types.

/**
 * Parses a YAML text.
 *
 * @throws {SyntaxError} with "at line L, column C" in its message.
 */
export function parse(content: string): unknown;
