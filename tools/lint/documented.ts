/** Lint rules: every export has a doc comment, and no doc comment starts with a question word. */

type Node = Deno.lint.Node;

const ENDS_WITH_DOC = /\/\*\*(?:[^*]|\*(?!\/))*\*\/\s*(?:\/\/[^\n]*\s*)*$/;
const DISPOSABLE = /^Symbol\.(?:asyncDispose|dispose)$/;
const QUESTION_WORD = /^\**[\s*]*(?:What|How|Whether|Who|So|Of)\b/;

/** Returns whether a doc comment is directly above a node; line comments may come between. */
function isDocumented(context: Deno.lint.RuleContext, node: { range: [number, number] }): boolean {
  return ENDS_WITH_DOC.test(context.sourceCode.text.slice(0, node.range[0]));
}

type Member = Deno.lint.ClassBody["body"][number];

/** Returns the name of a member that callers of its class see. */
function publicName(context: Deno.lint.RuleContext, member: Member): string | undefined {
  if (member.type === "StaticBlock" || member.type === "TSIndexSignature") return undefined;
  if (member.key.type === "PrivateIdentifier" || member.override) return undefined;
  if (member.accessibility === "private" || member.accessibility === "protected") return undefined;
  if ("kind" in member && member.kind === "constructor") return undefined;
  const name = context.sourceCode.getText(member.key);
  return DISPOSABLE.test(name) ? undefined : name;
}

/** Reports the members without a doc comment; one comment serves overloads and a getter with its setter. */
function checkClass(context: Deno.lint.RuleContext, node: Deno.lint.ClassDeclaration): void {
  if (node.implements.length > 0) return;
  const members = node.body.body.map((member) => ({ member, name: publicName(context, member) }));
  const documented = new Set(
    members.filter(({ member }) => isDocumented(context, member)).map(({ name }) => name),
  );
  for (const { member, name } of members) {
    if (name === undefined || documented.has(name)) continue;
    documented.add(name);
    context.report({ range: member.range, message: `The public member "${name}" has no doc comment` });
  }
}

function namesOf(node: Node): string[] {
  if (node.type === "VariableDeclaration") {
    return node.declarations.flatMap(({ id }) => id.type === "Identifier" ? [id.name] : []);
  }
  const id = "id" in node ? node.id as Node | null : null;
  return id?.type === "Identifier" ? [id.name] : [];
}

/** Returns what a statement declares; exported or not. */
function declared(statement: Node): Node {
  const isExport = statement.type === "ExportNamedDeclaration" ||
    statement.type === "ExportDefaultDeclaration";
  return isExport && statement.declaration ? statement.declaration : statement;
}

/** Returns the names that a file exports from its own declarations. */
function exportedNames(program: Deno.lint.Program): Set<string> {
  const names = program.body.flatMap((statement) => {
    if (statement.type === "ExportDefaultDeclaration") {
      const { declaration } = statement;
      return declaration.type === "Identifier" ? [declaration.name] : namesOf(declaration);
    }
    if (statement.type !== "ExportNamedDeclaration" || statement.source) return [];
    const local = statement.specifiers.flatMap(({ local }) =>
      local.type === "Identifier" ? [local.name] : []
    );
    return statement.declaration ? namesOf(statement.declaration) : local;
  });
  return new Set(names);
}

/**
 * Every export has a doc comment, also the public members of a class that implements no interface.
 *
 * Declarations of foreign packages (`.d.ts`) need none.
 */
export const documentedExports: Deno.lint.Rule = {
  create(context) {
    if (context.filename.endsWith(".d.ts")) return {};
    return {
      Program(program) {
        const exported = exportedNames(program);
        const documented = new Set(
          program.body.filter((statement) => isDocumented(context, statement))
            .flatMap((statement) => namesOf(declared(statement))),
        );
        for (const statement of program.body) {
          const node = declared(statement);
          const names = namesOf(node).filter((name) => exported.has(name));
          if (names.length > 0 && node.type === "ClassDeclaration") checkClass(context, node);
          for (const name of names.filter((name) => !documented.has(name))) {
            documented.add(name);
            context.report({ node: statement, message: `The export "${name}" has no doc comment` });
          }
        }
      },
    };
  },
};

/** A doc comment starts with a noun phrase or a verb in the third person. */
export const docStart: Deno.lint.Rule = {
  create(context) {
    return {
      Program() {
        for (const { type, value, range } of context.sourceCode.getAllComments()) {
          if (type !== "Block" || !value.startsWith("*") || !QUESTION_WORD.test(value)) continue;
          const message = "A doc comment starts with a noun phrase or a verb in the third person";
          context.report({ range, message });
        }
      },
    };
  },
};
