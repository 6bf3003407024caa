/** Lints made-up files with one rule. */

/** Returns the messages of a rule about a file of a repository at "/x/". */
export function runRule(rule: Deno.lint.Rule, source: string, path = "server/a.ts"): string[] {
  const plugin: Deno.lint.Plugin = { name: "test", rules: { rule } };
  return Deno.lint.runPlugin(plugin, `/x/${path}`, source).map(({ message }) => message);
}
