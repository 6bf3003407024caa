/** Generators of YAML with tokens that parsers disagree about. */
import fc from "fast-check";

/** Tokens that parsers are known to disagree about, and plain ones to surround them. */
const token = fc.constantFrom(
  ...'? ?a ?: : :a a: a:b a?b a? ?"a" - -a -? , [ ] { } {} [] & &a &a?b &a:b * *a *a:b ! !!str !!pairs !!set !!omap !!binary'
    .split(" "),
  ..."!!int !!float !!null !!map !!seq !!merge !reset !override <<: \"<<\": | > |- >+ |2 # #a %a @a ` ~ null 'a' 'b': \"a\":b"
    .split(" "),
  ...'yes 0o7 1_0 .5 1e3 a/b ../a == = --- ... \\ "\\x61" "\\"" \'\' "" a b c: d: e'.split(" "),
  "a #b",
  "\t",
  "\u00a0",
  "\ufeff",
  "\\\n",
);
const separator = fc.constantFrom(
  "",
  " ",
  " ",
  " ",
  "  ",
  ", ",
  ": ",
  "\n  ",
  "\n   ",
  "\n  - ",
  " #c\n  ",
  "\r\n  ",
);
/** Generates unusual tokens and separators in any order. */
export const odd = fc.array(fc.tuple(token, separator), { minLength: 1, maxLength: 6 }).map((parts) =>
  parts.flat().join("")
);
const place = fc.constantFrom<(text: string) => string>(
  (text) => ` {a: b, ${text}: c}`,
  (text) => ` {${text}}`,
  (text) => ` {${text} d: e}`,
  (text) => ` [${text}]`,
  (text) => ` [a, ${text}: b]`,
  (text) => ` {f: [${text}], g: {${text}}}`,
  (text) => ` ${text}`,
  (text) => `\n  a: b\n  ${text}: c\n  d: e`,
  (text) => `\n  ${text}\n  d: e`,
  (text) => `\n  - ${text}\n  - d`,
  (text) => `\n  a: ${text}\n    b\n  c: d`,
  (text) => ` "a ${text} b"`,
  (text) => ` 'a ${text} b'`,
  (text) => ` |\n    ${text}\n   b\n  c`,
);

/** Generates the value of a key `x-…` of a compose file, with the characters before it. */
export const fragment = fc.tuple(place, odd).map(([insert, text]) => insert(text));

/** Generates whole files with unusual tokens beside and between the keys of the root. */
export const file = fc.tuple(
  fc.constantFrom<(text: string) => string>(
    (text) => `{services: {w: {image: busybox}}, ${text}x-a: b}`,
    (text) => `{services: {w: {image: busybox, ${text}x-a: b}}}`,
    (text) => `services: {w: {image: busybox}}\n${text}x-a: b\n`,
    (text) => `services: {w: {image: busybox}}\nx-a: b${text}\nx-c: d\n`,
    (text) => `services:\n  w:\n    image: busybox\n    ${text}x-a: b\nx-c: d\n`,
    (text) => `${text}\nservices: {w: {image: busybox}}\n`,
    (text) => `services: {w: {image: busybox}}\n${text}`,
    (text) => `services: ${text} {w: {image: busybox, x-a: ${text}}}\n`,
  ),
  fc.oneof(odd, token, token.map((text) => `${text}\n`)),
).map(([insert, text]) => insert(text));
