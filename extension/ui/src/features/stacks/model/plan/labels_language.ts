/** Texts about mistakes in a compose file. */

const ARTICLES: Readonly<Record<string, string>> = {
  mapping: "a mapping",
  list: "a list",
  scalar: "a single value",
  nothing: "nothing",
};

/** Texts of mistakes and of completions. */
export const LANGUAGE_LABELS = {
  unknownKey: (key: string, meant: string | undefined) =>
    `Unknown key “${key}”.${meant === undefined ? "" : ` Did you mean “${meant}”?`}`,
  unknownName: (heading: string, name: string, meant: string | undefined) =>
    `“${name}” is not defined under ${heading}.${meant === undefined ? "" : ` Did you mean “${meant}”?`}`,
  kind: (key: string, expected: readonly string[], found: string) =>
    `${key}: expected ${
      expected.filter((kind) => kind !== "nothing").map((kind) => ARTICLES[kind]).join(" or ")
    }, ` +
    `found ${ARTICLES[found]}.`,
  unset: (name: string) => `${name} is not set in the environment below. Compose uses an empty value.`,
} as const;
