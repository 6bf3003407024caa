/** Lint rule: comments, messages, labels and test names contain no phrase of `phrases.txt`. */
import { pathIn } from "./paths.ts";
import { describe, findPhrases, type Phrase } from "./phrases.ts";

type StringNode = Deno.lint.StringLiteral | Deno.lint.Literal | Deno.lint.TemplateLiteral;

const REFERENCES = [
  "ImportDeclaration",
  "ExportNamedDeclaration",
  "ExportAllDeclaration",
  "ImportExpression",
  "ImportAttribute",
  "TSLiteralType",
];

/** Returns whether people read a string: it has words, and is neither specifier, key nor type. */
function isProse(node: StringNode, value: string): boolean {
  if (!/[A-Za-z] |^[A-Z][a-z]+$/.test(value)) return false;
  const { parent } = node;
  const isKey = parent.type === "Property" && parent.key.range[0] === node.range[0];
  return !isKey && !REFERENCES.includes(parent.type);
}

/** Returns whether a string is the name of a test. */
function isTestName(node: StringNode): boolean {
  const { parent } = node;
  if (parent.type !== "CallExpression" || parent.arguments[0]?.range[0] !== node.range[0]) return false;
  const { callee } = parent;
  return callee.type === "MemberExpression" && callee.property.type === "Identifier" &&
    ["test", "step"].includes(callee.property.name);
}

/** Joins the lines of a comment, without the asterisks before them. */
function unwrap(comment: string): string {
  return comment.replace(/^\*+/, "").replaceAll(/\n\s*\*?/g, " ").replaceAll(/\s+/g, " ").trim();
}

/** Makes the rule for the repository at `root`. */
export function prose(root: string, phrases: readonly Phrase[]): Deno.lint.Rule {
  return {
    create(context) {
      const path = pathIn(root, context.filename);
      if (path === undefined) return {};
      const isTest = /^(?:extension\/ui\/)?tests\//.test(path);
      const check = (range: [number, number], text: string) => {
        for (const found of findPhrases(phrases, path, text)) {
          context.report({ range, message: describe(found) });
        }
      };
      const checkString = (node: StringNode, value: string) => {
        if (isTest ? isTestName(node) : isProse(node, value)) check(node.range, value);
      };
      return {
        Program() {
          for (const { value, range } of context.sourceCode.getAllComments()) {
            check(range, unwrap(value));
          }
        },
        Literal(node) {
          if (typeof node.value === "string") checkString(node, node.value);
        },
        TemplateLiteral(node) {
          checkString(node, node.quasis.map(({ cooked }) => cooked).join("…"));
        },
        JSXText: (node) => check(node.range, node.value.replaceAll(/\s+/g, " ").trim()),
      };
    },
  };
}
