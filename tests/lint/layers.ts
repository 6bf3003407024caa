/** Lint rule: an import never runs upward. The table says which file stands on which floor. */

const FLOORS: readonly (readonly [pattern: RegExp, floor: number])[] = [
  [/\/server\/(docker|compose|store)\//, 1],
  [/\/server\/(stats|logs|stacks)\//, 2],
  [/\/server\/(routes|contracts)\//, 3],
  [/\/server\/(app|body|problem|query|router|socket)\.ts$/, 3],
  [/\/server\/(cli\w*|serve|\w*listener)\.ts$/, 4],
  [/\/server\/[^/]+\.ts$/, 0],
  [/\/mod\.ts$/, 5],
  [/\/ui\/src\/lib\//, 10],
  [/\/ui\/src\/components\//, 11],
  [/\/ui\/src\/features\//, 12],
  [/\/ui\/src\/app\//, 13],
  [/\/ui\/src\/main\.tsx$/, 14],
];

/** The feature of the dashboard that a file belongs to. */
function featureOf(path: string): string | undefined {
  return /\/ui\/src\/features\/(\w+)\//.exec(path)?.[1];
}

/** The floor of a file of the product, `undefined` for any other. */
export function floorOf(path: string): number | undefined {
  return FLOORS.find(([pattern]) => pattern.test(path))?.[1];
}

/** What is wrong with an import beyond its floor; `undefined` when nothing is. */
function trespass(file: string, target: string, source: string, typeOnly: boolean): string | undefined {
  if (/\/tests\//.test(target)) return "the product never imports a test";
  const [own, other] = [featureOf(file), featureOf(target)];
  if (own !== undefined && other !== undefined && own !== other) {
    return `"${source}" is of another feature: what both need stands in lib or components`;
  }
  const ofServer = /\/ui\/src\//.test(file) && /\/server\//.test(target);
  if (ofServer && !(typeOnly && /\/protocol\w*\.ts$/.test(target))) {
    return `"${source}": the dashboard takes types of the protocol from the server, and nothing else`;
  }
  return undefined;
}

function check(context: Deno.lint.RuleContext, node: Deno.lint.Node, source: string, typeOnly = false): void {
  if (!source.startsWith(".")) return;
  const here = floorOf(context.filename);
  const target = new URL(source, `file://${context.filename}`).pathname;
  if (here === undefined) return;
  const there = floorOf(target);
  if (there !== undefined && there > here) {
    context.report({ node, message: `"${source}" stands on floor ${there}, above this file's ${here}` });
  }
  const message = trespass(context.filename, target, source, typeOnly);
  if (message !== undefined) context.report({ node, message });
}

/** The plugin that `deno lint` loads. */
const plugin: Deno.lint.Plugin = {
  name: "dockstat",
  rules: {
    "no-upward-import": {
      create(context) {
        return {
          ImportDeclaration: (node) => check(context, node, node.source.value, node.importKind === "type"),
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
