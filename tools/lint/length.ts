/** Lint rules: longest function and longest file. */

const LONGEST_FUNCTION = 50;
const LONGEST_FILE = 250;

/** Counts the lines of a text; a line end at its close begins no new line. */
function countLines(text: string): number {
  return text.replace(/\n$/, "").split("\n").length;
}

type AnyFunction =
  | Deno.lint.FunctionDeclaration
  | Deno.lint.FunctionExpression
  | Deno.lint.ArrowFunctionExpression;

const BINDINGS = [
  "MethodDefinition",
  "Property",
  "PropertyDefinition",
  "VariableDeclarator",
  "AssignmentExpression",
  "ExportDefaultDeclaration",
];

/** Returns whether a function has a name: its own, or that of what it is bound to. */
function isNamed(node: AnyFunction): boolean {
  const hasOwn = node.type !== "ArrowFunctionExpression" && node.id !== null;
  return hasOwn || BINDINGS.includes(node.parent.type);
}

/** At most 50 lines for a function with a name; callbacks count as part of the function around them. */
export const functionLength: Deno.lint.Rule = {
  create(context) {
    const check = (node: AnyFunction) => {
      const lines = countLines(context.sourceCode.getText(node));
      if (lines <= LONGEST_FUNCTION || !isNamed(node)) return;
      context.report({
        node,
        message: `A function of ${lines} lines: at most ${LONGEST_FUNCTION} are allowed`,
      });
    };
    return { FunctionDeclaration: check, FunctionExpression: check, ArrowFunctionExpression: check };
  },
};

/** At most 250 lines for a file. */
export const fileLength: Deno.lint.Rule = {
  create(context) {
    return {
      Program(node) {
        const lines = countLines(context.sourceCode.text);
        if (lines <= LONGEST_FILE) return;
        context.report({ node, message: `A file of ${lines} lines: at most ${LONGEST_FILE} are allowed` });
      },
    };
  },
};
