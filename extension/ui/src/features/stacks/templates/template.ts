/** Pure: a template of a stack, the search for one, and its texts with generated passwords. */

/** Texts that a new stack can start with. */
export interface Template {
  /** Proposed name of the stack. */
  readonly name: string;
  readonly title: string;
  /** Use of the stack, in one line. */
  readonly purpose: string;
  readonly compose: string;
  /** Environment text, in which `{{random}}` marks a value that is generated for each stack. */
  readonly env: string;
}

const RANDOM = "{{random}}";
const LETTERS = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";
const LENGTH = 24;

/** Returns the templates whose title, purpose or text has all words of a search. */
export function matchingTemplates(templates: readonly Template[], search: string): readonly Template[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  return templates.filter(({ title, purpose, compose }) => {
    const text = `${title} ${purpose} ${imagesOf(compose).join(" ")}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
}

/** Returns the images of a template, each once. */
export function imagesOf(compose: string): readonly string[] {
  return [...new Set([...compose.matchAll(/^ +image: (\S+)$/gm)].map(([, image]) => image!))];
}

/** Returns an environment text with a new value for each mark. */
export function filledEnv({ env }: Pick<Template, "env">, password: () => string = randomPassword): string {
  return env.replaceAll(RANDOM, () => password());
}

/** Returns 24 random letters and digits, about 139 bits, that are easy to tell apart and need no quotes. */
function randomPassword(): string {
  let password = "";
  while (password.length < LENGTH) {
    const [byte = 255] = crypto.getRandomValues(new Uint8Array(1));
    // A multiple of the alphabet's length, so that all letters are equally likely.
    if (byte < 256 - 256 % LETTERS.length) password += LETTERS[byte % LETTERS.length];
  }
  return password;
}
