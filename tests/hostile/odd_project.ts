/** Generators of compose files whose keys and values are written in unusual ways. */
import fc from "fast-check";
import { odd } from "./odd_yaml.ts";

/** A value, before it is written as YAML. */
type Tree = string | readonly Tree[] | { readonly [key: string]: Tree };

/** A sequence of random choices. */
interface Choices {
  /** Returns one of the options; the first ones are more likely. */
  one<T>(...options: readonly T[]): T;
  /** Reports true once in a number of calls. */
  rarely(times: number): boolean;
  /** Returns a fragment of unusual YAML. */
  odd(): string;
}

function choicesFrom(numbers: readonly number[], fragments: readonly string[]): Choices {
  let at = 0;
  const next = () => numbers[at++ % numbers.length]! + Math.floor(at / numbers.length);
  return {
    one: (...options) => options[Math.floor((next() % 997) ** 2 / 997 ** 2 * options.length)]!,
    rarely: (times) => next() % times === 0,
    odd: () => fragments[next() % fragments.length] ?? "",
  };
}

const PATHS = ["a.env", "./b/c.env", "/etc/shadow", "../d.env", "${A}"];

/** Anchors at the top of every file. */
const ANCHORS = {
  "x-path": "&path /etc/shadow",
  "x-inside": "&inside e.env",
  "x-key": "&key env_file",
  "x-map": "&map {env_file: f.env, labels: {g: h}}",
  "x-more": "&more {label_file: /etc/passwd}",
  "x-list": "&list [i.env, ../j.env]",
};

function container(choices: Choices): Record<string, Tree> {
  const path = () => choices.one(...PATHS);
  const all: readonly (readonly [key: string, tree: () => Tree])[] = [
    ["env_file", () => choices.one<Tree>(path(), [path(), path()], [{ path: path(), required: "false" }])],
    ["labels", () => choices.one<Tree>({ k: choices.one("l", "yes", "0o7", "1e3", "~"), m: "n" }, ["o=p"])],
    [
      "environment",
      () => choices.one<Tree>({ A: "b", C: choices.one("d", "!", "null", "2001-01-01") }, ["E=f"]),
    ],
    ["label_file", path],
    ["security_opt", () => [choices.one("no-new-privileges:true", "seccomp:/etc/x.json")]],
    ["command", () => ["sh", "-c", choices.one("a", "b: c", "#d", "e, f", "*/5 * * * *")]],
    ["credential_spec", () => ({ file: path() })],
    ["x-own", () => ({ q: path(), r: [path()] })],
    [choices.one("tty", "tty", "use_api_socket"), () => "true"],
    [choices.one("x-pots", "x-pots", "x-pots", "x-pots", "pots"), () => "s"],
  ];
  const chosen = all.filter(() => choices.rarely(4));
  return Object.fromEntries(chosen.map(([key, tree]) => [key, tree()]));
}

function hook(choices: Choices): Tree {
  const command = choices.one("ls", "a: b", "c #d");
  return { command, environment: { T: choices.one("u", "v, w", "x]") }, "x-hook": choices.one(...PATHS) };
}

function project(choices: Choices): Record<string, Tree> {
  const service: Record<string, Tree> = { image: "busybox:1", ...container(choices) };
  if (choices.rarely(3)) service["post_start"] = [hook(choices)];
  if (choices.rarely(4)) service["pre_stop"] = [hook(choices), hook(choices)];
  if (choices.rarely(8)) service["pre_start"] = [{ image: "busybox:1", ...container(choices) }];
  if (choices.rarely(6)) {
    service["develop"] = { watch: [{ action: "sync+exec", path: ".", target: "/y", exec: hook(choices) }] };
  }
  if (choices.rarely(6)) service["build"] = { context: choices.one(".", "..", "/etc"), dockerfile: "D" };
  return {
    services: { web: service, db: { image: "busybox:2", ...container(choices) } },
    ...choices.rarely(4) ? { secrets: { s: { file: choices.one(...PATHS) } } } : {},
    ...choices.rarely(10) ? { jobs: { j: { image: "busybox:3", ...container(choices) } } } : {},
  };
}

/** Writes trees as YAML. */
class Writer {
  #anchors = 0;

  constructor(readonly choices: Choices) {}

  key(key: string): string {
    const { choices } = this;
    if (!choices.rarely(9)) return key;
    const name = choices.rarely(9) ? choices.odd() : key;
    return choices.one(
      this.anchor(name),
      `"${name}"`,
      `'${name}'`,
      `"${name.replaceAll("_", "\\x5f")}"`,
      this.anchor(`"${name}"`),
      "*key ",
      this.alias(),
      "<<",
      `!!str ${name}`,
      `? ${name}`,
    );
  }

  text(text: string, inFlow: boolean): string {
    const { choices } = this;
    const plain = /^[*#~!]|[,\]:]|\s#/.test(text) ? `"${text}"` : text;
    if (!choices.rarely(7)) return plain;
    return choices.one(
      `'${text}'`,
      this.anchor(plain),
      choices.one("*path", "*inside", "*list", "*map"),
      this.alias(),
      `"${text.replaceAll("/", "\\x2f")}"`,
      `!!str ${plain}`,
      inFlow ? `"${text.replace("/", "\\/")}"` : `>-\n            ${text}\n`,
      inFlow ? `"${text} "` : `|-\n            ${text}\n`,
      choices.odd(),
      `! ${plain}`,
    );
  }

  anchor(text: string): string {
    const name = `${this.choices.one("n", "n", "path")}${this.#anchors++}`;
    return `&${name} ${text}`;
  }

  /** Returns a reference to one of the last anchors. */
  alias(): string {
    return `*n${this.#anchors - this.choices.one(1, 2, 3, 0)} `;
  }

  flow(tree: Tree): string {
    const { choices } = this;
    if (typeof tree === "string") return this.text(tree, true);
    const space = choices.one(" ", " ", "\n            ", "  ", " # c\n            ");
    if (Array.isArray(tree)) {
      return `[${tree.map((item) => this.flow(item)).join(`,${space}`)}${choices.one("", "", ",")}]`;
    }
    const pairs = this.pairs(tree).map(([key, value]) =>
      value === undefined
        ? key
        : `${this.key(key)}${choices.one(": ", ": ", ": ", " : ", ":")}${this.flow(value)}`
    );
    return `{${pairs.join(`,${space}`)}${choices.one("", "", ",", ", ")}}`;
  }

  /** Entries of a mapping, with merges in between. */
  pairs(tree: Tree): (readonly [key: string, value?: Tree])[] {
    const { choices } = this;
    const entries: (readonly [key: string, value?: Tree])[] = Object.entries(tree);
    if (choices.rarely(8)) {
      const merge = choices.one(
        "<<: *map",
        "<<: *map",
        "<<: [*map, *more]",
        "<<: {env_file: /etc/x}",
        "<<: *more",
        "!!merge <<: *map",
      );
      entries.splice(choices.one(0, entries.length, 1), 0, [merge]);
    }
    return entries;
  }

  /** Writes the value of a key: in the same line, or as a block. */
  value(tree: Tree, indent: string): string {
    const { choices } = this;
    if (typeof tree === "string") return ` ${this.text(tree, false)}\n`;
    const tag = choices.one(
      "",
      "",
      "",
      "",
      "",
      ` &m${++this.#anchors}`,
      Array.isArray(tree) ? " !!seq" : " !!map",
    );
    if (choices.rarely(3)) return `${tag} ${this.flow(tree)}\n`;
    const comment = choices.one("", "", " # c: d");
    if (Array.isArray(tree)) {
      const items = tree.map((item) => `${indent}  -${this.item(item, `${indent}  `)}`);
      return `${tag}${comment}\n${items.join("")}`;
    }
    return `${tag}${comment}\n${this.block(tree, `${indent}  `)}`;
  }

  item(tree: Tree, indent: string): string {
    if (typeof tree === "string") return ` ${this.text(tree, false)}\n`;
    if (Array.isArray(tree) || this.choices.rarely(2)) return ` ${this.flow(tree)}\n`;
    return ` ${this.block(tree, `${indent}  `).trimStart()}`;
  }

  block(tree: Tree, indent: string): string {
    return this.pairs(tree).map(([key, value]) => {
      if (value === undefined) return `${indent}${key}\n`;
      return `${indent}${this.key(key)}${this.choices.one(":", ":", ":", " :")}${this.value(value, indent)}`;
    }).join("");
  }
}

/** Generates whole compose files with services, hooks and jobs. */
export const oddProject: fc.Arbitrary<string> = fc.tuple(
  fc.array(fc.nat(100_000), { minLength: 97, maxLength: 97 }),
  fc.array(odd, { minLength: 5, maxLength: 5 }),
).map(([numbers, fragments]) => {
  const choices = choicesFrom(numbers, fragments);
  const anchors = Object.entries(ANCHORS).map(([key, value]) => `${key}: ${value}\n`).join("");
  return anchors + new Writer(choices).block(project(choices), "");
});
