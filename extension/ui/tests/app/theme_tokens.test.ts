import { assert, assertEquals } from "../../../../tests/assert.ts";
import { COLORS } from "../../src/components/design/tokens.ts";
import { TOKENS, type Tokens, variablesOf } from "../../src/app/theme_tokens.ts";

/** Relative luminance of a color such as `#1d63ed`, as WCAG defines it. */
function luminance(color: string): number {
  const [red, green, blue] = [1, 3, 5].map((at) => parseInt(color.slice(at, at + 2), 16) / 255)
    .map((part) => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
  return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!;
}

function contrast(one: string, other: string): number {
  const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light! + 0.05) / (dark! + 0.05);
}

const TEXTS = ["ink", "inkMuted", "inkQuiet", "accent", "good", "careful", "bad"] as const;
const BACKGROUNDS = ["canvas", "panel", "hover"] as const;
const PAIRS: readonly (readonly [keyof Tokens, keyof Tokens])[] = [
  ...TEXTS.flatMap((text) => BACKGROUNDS.map((background) => [text, background] as const)),
  ["good", "goodSoft"],
  ["careful", "carefulSoft"],
  ["bad", "badSoft"],
  ["inkMuted", "lineSoft"],
  ["onAccent", "accent"],
  ["onAccent", "accentHover"],
  ["panel", "bad"],
];

for (const [theme, tokens] of Object.entries(TOKENS)) {
  Deno.test(`every text of the ${theme} theme has a contrast of 4.5 on every background`, () => {
    for (const [text, background] of PAIRS) {
      const ratio = contrast(tokens[text], tokens[background]);
      assert(ratio >= 4.5, `${text} on ${background}: ${ratio.toFixed(2)}`);
    }
  });
}

const LINES = ["cpu", "memory", "network", "disk", "chartSecond", "chartRed", "chartViolet"] as const;

for (const [theme, tokens] of Object.entries(TOKENS)) {
  Deno.test(`every line of a chart has a contrast of 3 to the panel in the ${theme} theme`, () => {
    for (const line of LINES) assert(contrast(tokens[line], tokens.panel) >= 3, line);
  });
}

Deno.test("every color that styles use has a value", () => {
  const names = Object.keys(variablesOf(TOKENS.light));
  for (const variable of Object.values(COLORS)) assert(names.includes(variable.slice(4, -1)), variable);
});

Deno.test("both themes have the same tokens", () => {
  assertEquals(Object.keys(TOKENS.dark), Object.keys(TOKENS.light));
});

/** Returns the custom properties of the style sheet, one set for each rule that has some. */
function startColors(): readonly Readonly<Record<string, string>>[] {
  const rules = Deno.readTextFileSync(new URL("../../src/start.css", import.meta.url)).split("}");
  return rules.map((rule) =>
    Object.fromEntries(
      [...rule.matchAll(/--start-([\w-]+): (#\w+)/g)].map(([, name, color]) => [name!, color!]),
    )
  ).filter((colors) => Object.keys(colors).length > 0);
}

Deno.test("the frame before the page has the colors of the tokens, in each theme", () => {
  const of = ({ canvas, panel, line, lineSoft }: Tokens) => ({ canvas, panel, line, "line-soft": lineSoft });
  assertEquals(startColors(), [of(TOKENS.light), of(TOKENS.dark), of(TOKENS.dark)]);
});
