/** Modules that a server loads before it listens. */
import { assertEquals } from "../../assert.ts";

const ROOT = new URL("../../../", import.meta.url);
/** Modules that only some requests and commands need; each of them delays the start, and takes memory. */
const LATER = [
  /^node:(?:crypto|fs|fs\/promises|http|https|net|process|tls|zlib)$/,
  /^npm:\/?(?:dockerode|yaml|re2js)@/,
  /\/server\/cli\/(?:check|server_client|[a-z]+\/(?!commands|flags|help|hangup|program)[a-z_]+)\.ts$/,
  /\/server\/contracts\/(?:openapi|asyncapi)\.ts$/,
];

interface Graph {
  readonly roots: readonly string[];
  readonly redirects: Readonly<Record<string, string>>;
  readonly modules: readonly {
    readonly specifier: string;
    readonly dependencies?: readonly {
      readonly isDynamic?: boolean;
      readonly code?: { readonly specifier?: string };
    }[];
  }[];
}

Deno.test("a server starts without the modules of other commands and of rare requests", async () => {
  const { stdout } = await new Deno.Command(Deno.execPath(), {
    args: ["info", "--json", "mod.ts"],
    cwd: ROOT,
    stderr: "null",
  }).output();
  const loaded = loadedBy(JSON.parse(new TextDecoder().decode(stdout)));
  assertEquals(loaded.has(new URL("server/serve.ts", ROOT).href), true);
  assertEquals([...loaded].filter((name) => LATER.some((pattern) => pattern.test(name))), []);
});

/** Returns the modules that the root imports statically. */
function loadedBy({ roots, redirects, modules }: Graph): Set<string> {
  const known = new Map(modules.map(({ specifier, dependencies = [] }) => [specifier, dependencies]));
  const loaded = new Set<string>();
  const open = [...roots];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    const specifier = redirects[name] ?? name;
    if (loaded.has(specifier)) continue;
    loaded.add(specifier);
    for (const { isDynamic, code } of known.get(specifier) ?? []) {
      if (!isDynamic && code?.specifier !== undefined) open.push(code.specifier);
    }
  }
  return loaded;
}
