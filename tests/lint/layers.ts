/** Lint rule: an import never runs upward. The table says which file stands on which floor. */

const FLOORS: readonly (readonly [pattern: RegExp, floor: number])[] = [
  [/\/server\/(docker|compose|store)\//, 1],
  [/\/server\/(stats|logs|stacks)\//, 2],
  [/\/server\/routes\//, 3],
  [/\/server\/(app|body|problem|query|router|socket)\.ts$/, 3],
  [/\/server\/(cli\w*|serve|listener)\.ts$/, 4],
  [/\/server\/[^/]+\.ts$/, 0],
  [/\/mod\.ts$/, 5],
];

/** The floor of a file of the product, `undefined` for any other. */
export function floorOf(path: string): number | undefined {
  return FLOORS.find(([pattern]) => pattern.test(path))?.[1];
}

function check(context: Deno.lint.RuleContext, node: Deno.lint.Node, source: string): void {
  if (!source.startsWith(".")) return;
  const here = floorOf(context.filename);
  const target = new URL(source, `file://${context.filename}`).pathname;
  if (here === undefined) return;
  const there = floorOf(target);
  if (there !== undefined && there > here) {
    context.report({ node, message: `"${source}" stands on floor ${there}, above this file's ${here}` });
  }
  if (/\/tests\//.test(target)) context.report({ node, message: "the product never imports a test" });
}

/** The plugin that `deno lint` loads. */
const plugin: Deno.lint.Plugin = {
  name: "dockstat",
  rules: {
    "no-upward-import": {
      create(context) {
        return {
          ImportDeclaration: (node) => check(context, node, node.source.value),
          ExportNamedDeclaration: (node) => node.source && check(context, node, node.source.value),
          ExportAllDeclaration: (node) => check(context, node, node.source.value),
          ImportExpression: (node) => {
            if (node.source.type === "Literal") check(context, node, String(node.source.value));
          },
        };
      },
    },
  },
};

export default plugin;
