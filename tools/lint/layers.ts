/** Lint rule: imports never run upward or between groups of one layer, and the page imports wire types only. */
import { type FoundImport, importVisitor } from "./imports.ts";
import { isBase, placeOf } from "./layers_table.ts";
import { pathIn, resolveIn } from "./paths.ts";

const OWN_NAME = /^(?:(?:npm|jsr):\/?)?@dockstat\/dockstat(?:@|\/|$)/;
const PACKAGE = /^(?:(?:npm|jsr|node):|@?[A-Za-z0-9][^:]*$)/;
const LISTED = /^(?:server|extension|tools|tests)\/|^mod\.ts$/;
const PAGE = "extension/ui/src/";

/** Returns the feature of the page that a file belongs to. */
function featureOf(path: string): string | undefined {
  return path.startsWith(`${PAGE}features/`) ? path.split("/")[4] : undefined;
}

/** Returns the fault of an import that leaves the part of the repository to which the file belongs. */
function checkParts(file: string, target: string, typeOnly: boolean): string | undefined {
  if (file.startsWith(PAGE)) {
    if (target.startsWith(PAGE)) return undefined;
    const isWireType = typeOnly && target.startsWith("server/protocol/");
    return isWireType ? undefined : "the page may import only types of server/protocol from outside";
  }
  const isPackage = file.startsWith("extension/") && !file.startsWith("extension/ui/tests/");
  if (!isPackage || target.startsWith("extension/") || isBase(target)) return undefined;
  return "packaging may import only the base layer of the server";
}

function checkTarget(file: string, target: string, typeOnly: boolean): string | undefined {
  const [here, there] = [placeOf(file), placeOf(target)];
  if (here === undefined) return undefined;
  if (there === undefined) return `${target} is in a folder that tools/lint/layers_table.ts does not list`;
  const [own, other] = [featureOf(file), featureOf(target)];
  if (own !== undefined && other !== undefined && own !== other) {
    return "a feature may not import another: move the shared part to lib or components";
  }
  const fault = checkParts(file, target, typeOnly);
  if (fault !== undefined) return fault;
  if (there.layer > here.layer) {
    return `${target} is in layer ${there.layer}, above this file in layer ${here.layer}`;
  }
  const isNeighbor = there.layer === here.layer && there.group !== here.group;
  return isNeighbor ? `${target} is in another group of the same layer` : undefined;
}

/** Returns the fault of one import in `file`, a path from the root; `undefined` when it is allowed. */
export function checkImport(file: string, found: Omit<FoundImport, "range">): string | undefined {
  const { specifier, typeOnly } = found;
  if (specifier === undefined) return "an import must be a constant, so that its layer can be checked";
  if (OWN_NAME.test(specifier)) return "the project may not import itself by name";
  if (/^(?:node:)?module$/.test(specifier)) return "createRequire hides imports from this rule";
  if (/^\.{1,2}(?:[/\\]|$)/.test(specifier)) {
    const target = resolveIn(file, specifier);
    return target === undefined ? "the file is outside the repository" : checkTarget(file, target, typeOnly);
  }
  return PACKAGE.test(specifier) ? undefined : "a file must be imported by its relative path";
}

/** Makes the rule for the repository at `root`. */
export function layers(root: string): Deno.lint.Rule {
  return {
    create(context) {
      const file = pathIn(root, context.filename);
      if (file === undefined) return {};
      const visitor = importVisitor(context, (found) => {
        const fault = checkImport(file, found);
        if (fault !== undefined) {
          context.report({ range: found.range, message: `"${found.specifier ?? "…"}": ${fault}` });
        }
      });
      return {
        ...visitor,
        Program(node) {
          visitor.Program?.(node);
          if (LISTED.test(file) && placeOf(file) === undefined) {
            context.report({
              node,
              message: `${file} is in a folder that tools/lint/layers_table.ts does not list`,
            });
          }
        },
      };
    },
  };
}
