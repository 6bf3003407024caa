/** Finds every way in which a file can refer to another: imports, types, workers, comments. */

/** One reference to another file or package. */
export interface FoundImport {
  /** Offsets in the source, for the report. */
  readonly range: [start: number, end: number];
  /** `undefined` when it is not a constant. */
  readonly specifier: string | undefined;
  /** True when the running program does not load it. */
  readonly typeOnly: boolean;
}

type Report = (found: FoundImport) => void;
type Node = Deno.lint.Node;

const CODE = /\.[cm]?[jt]sx?(?:[?#].*)?$/;
const IN_COMMENT =
  /<reference\s+(?:path|types)\s*=\s*["']([^"']+)["']|@(?:deno|ts)-types\s*=\s*["']([^"']+)["']/g;

/** Returns the text of a string or of a template without expressions. */
function constant(node: Node | undefined): string | undefined {
  if (node?.type === "Literal" && typeof node.value === "string") return node.value;
  if (node?.type !== "TemplateLiteral" || node.expressions.length > 0) return undefined;
  return node.quasis[0]?.cooked;
}

/** Returns `x` of `import.meta.x`. */
function metaProperty(node: Node | undefined): string | undefined {
  if (node?.type !== "MemberExpression" || node.object.type !== "MetaProperty") return undefined;
  return node.property.type === "Identifier" ? node.property.name : constant(node.property);
}

/** Returns the last name of a callee: `Worker` of `globalThis.Worker`. */
function calleeName(node: Node): string | undefined {
  if (node.type === "Identifier") return node.name;
  return node.type === "MemberExpression" && node.property.type === "Identifier"
    ? node.property.name
    : undefined;
}

/** Turns "a.ts" into "./a.ts": URLs, unlike imports, need no dot. */
function relative(url: string): string {
  return /^(?:[./\\]|[A-Za-z][A-Za-z0-9+.-]*:)/.test(url) ? url : `./${url}`;
}

function typeOnlyNames(names: readonly { importKind?: string; exportKind?: string }[]): boolean {
  return names.length > 0 && names.every((name) => (name.importKind ?? name.exportKind) === "type");
}

function visitStatic(report: Report): Deno.lint.LintVisitor {
  const found = (node: Node, source: { value: unknown } | null, typeOnly: boolean) => {
    if (source !== null) report({ range: node.range, specifier: String(source.value), typeOnly });
  };
  return {
    ImportDeclaration: (node) =>
      found(
        node,
        node.source,
        node.importKind === "type" ||
          typeOnlyNames(node.specifiers.map((name) => name.type === "ImportSpecifier" ? name : {})),
      ),
    ExportNamedDeclaration: (node) =>
      found(node, node.source, node.exportKind === "type" || typeOnlyNames(node.specifiers)),
    ExportAllDeclaration: (node) => found(node, node.source, node.exportKind === "type"),
    ImportExpression: (node) =>
      report({ range: node.range, specifier: constant(node.source), typeOnly: false }),
  };
}

function visitTypes(report: Report): Deno.lint.LintVisitor {
  return {
    TSImportType(node) {
      const argument: Node = node.argument;
      const literal = argument.type === "TSLiteralType" ? argument.literal : argument;
      report({ range: node.range, specifier: constant(literal), typeOnly: true });
    },
    TSImportEqualsDeclaration(node) {
      if (node.moduleReference.type !== "TSExternalModuleReference") return;
      const typeOnly = node.importKind === "type";
      report({ range: node.range, specifier: constant(node.moduleReference.expression), typeOnly });
    },
    TSModuleDeclaration(node) {
      const specifier = constant(node.id);
      if (specifier !== undefined) report({ range: node.range, specifier, typeOnly: true });
    },
  };
}

/** Reports a worker whose file is not a constant; constants are found by the visit of `new URL`. */
function visitWorker(node: Deno.lint.NewExpression, report: Report): void {
  const [file] = node.arguments;
  const specifier = constant(file);
  if (specifier === undefined && file?.type === "CallExpression" && metaProperty(file.callee) === "resolve") {
    return;
  }
  if (file?.type === "NewExpression" && calleeName(file.callee) === "URL") {
    const isHere = metaProperty(file.arguments[1]) === "url";
    if (isHere && constant(file.arguments[0]) !== undefined) return;
  }
  report({ range: node.range, specifier: specifier && relative(specifier), typeOnly: false });
}

function visitCalls(report: Report): Deno.lint.LintVisitor {
  return {
    NewExpression(node) {
      const name = calleeName(node.callee);
      if (name === "Worker" || name === "SharedWorker") visitWorker(node, report);
      if (name !== "URL" || metaProperty(node.arguments[1]) !== "url") return;
      const specifier = constant(node.arguments[0]);
      if (specifier !== undefined && CODE.test(specifier)) {
        report({ range: node.range, specifier: relative(specifier), typeOnly: false });
      }
    },
    CallExpression(node) {
      const meta = metaProperty(node.callee);
      if (meta === "glob") report({ range: node.range, specifier: undefined, typeOnly: false });
      if (meta === "resolve" || calleeName(node.callee) === "require") {
        report({ range: node.range, specifier: constant(node.arguments[0]), typeOnly: false });
      }
    },
  };
}

/** Visits a file and reports each reference in it. */
export function importVisitor(context: Deno.lint.RuleContext, report: Report): Deno.lint.LintVisitor {
  return {
    ...visitStatic(report),
    ...visitTypes(report),
    ...visitCalls(report),
    Program() {
      for (const { range, value } of context.sourceCode.getAllComments()) {
        for (const [, reference, types] of value.matchAll(IN_COMMENT)) {
          report({ range, specifier: reference ?? types, typeOnly: true });
        }
      }
    },
  };
}
