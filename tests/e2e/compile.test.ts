/** Tests for the compiled file, run with its runtime or, where that is missing, from source with the same flags. */
import { chosenTargets, compileArguments } from "../../extension/package/compile.ts";
import { VERSION } from "../../server/version.ts";
import { assert, assertEquals, assertStringIncludes, eventually } from "../assert.ts";
import { TestClient } from "../client.ts";
import { run, tryRun } from "../../tools/engine/run.ts";
import { temporaryFolder } from "../fakes/folder.ts";

const ROOT = new URL("../..", import.meta.url).pathname;

/** A compiled file; it does not run when its runtime is a substitute. */
interface Compiled {
  readonly path: string;
  readonly runs: boolean;
}

const folder = temporaryFolder({});
globalThis.addEventListener("unload", folder[Symbol.dispose]);
let made: Promise<Compiled> | undefined;

/** Compiles for this machine, once for all tests. */
function compiled(): Promise<Compiled> {
  return made ??= compile();
}

async function compile(): Promise<Compiled> {
  const [target] = chosenTargets([]);
  const args = compileArguments(target!, folder.path(""));
  const path = args[args.indexOf("--output") + 1]!;
  if (await Deno.stat(`${ROOT}dist/ui/index.html`).catch(() => undefined) === undefined) {
    await run(Deno.execPath(), ["task", "ui"], { cwd: ROOT });
  }
  if (await tryRun(Deno.execPath(), args, { cwd: ROOT }) === undefined) {
    // With Deno itself as the runtime, everything but running the result works.
    await run(Deno.execPath(), args, { cwd: ROOT, env: { DENORT_BIN: Deno.execPath() } });
  }
  return {
    path,
    runs: await tryRun(path, ["--version"]) === VERSION,
  };
}

Deno.test("the file contains the dashboard and every module, byte for byte", async () => {
  const file = await compiled();
  // The embedded files follow the runtime, in the last part.
  const bytes = (await Deno.readFile(file.path)).subarray(-40_000_000);
  const text = latin1(bytes);
  const missing = [];
  for (const path of [...await filesIn("dist/ui"), ...await modules()]) {
    if (!text.includes(latin1(await Deno.readFile(ROOT + path)))) missing.push(path);
  }
  assertEquals(missing, []);
});

Deno.test("the compiled program serves sockets, the dashboard and places in its log", async () => {
  const file = await compiled();
  using data = temporaryFolder({});
  const compiling = compileArguments(chosenTargets([])[0]!);
  const flags = compiling.slice(compiling.indexOf("--no-prompt"), -1);
  const source = [Deno.execPath(), "run", "--cached-only", ...flags, ROOT + compiling.at(-1)];
  const [program, ...args] = file.runs ? [file.path] : source;
  await using server = await startServer(
    program!,
    [...args, "serve", "--demo", "3", "--port", "0"],
    data.path(""),
  );
  await using client = new TestClient(server.url, "/docker/stats");
  await client.frame("a container", ({ state }) => state === "running");
  const page = await fetch(server.url, { headers: { accept: "text/html" } });
  const [, script] = /src="\.\/(assets\/[^"]+)"/.exec(await page.text()) ?? [];
  const loaded = await fetch(`${server.url}/${script}`);
  assertStringIncludes(loaded.headers.get("content-type") ?? "", "text/javascript");
  assertEquals(await loaded.bytes(), await Deno.readFile(`${ROOT}dist/ui/${script}`));
  const lines: readonly LogLine[] = await (await fetch(`${server.url}/logs?tail=50`)).json();
  const listening = lines.find(({ message }) => message.startsWith("Listening on"));
  const place = (await Deno.readTextFile(`${ROOT}server/start/${listening?.file}`)).split(
    "\n",
  )[(listening?.line ?? 0) - 1];
  assertStringIncludes(place ?? "", 'log.info("Listening on');
});

interface LogLine {
  readonly message: string;
  readonly file: string;
  readonly line: number;
}

/** Decodes bytes to one character each, which is fast to search. */
function latin1(bytes: Uint8Array): string {
  return new TextDecoder("latin1").decode(bytes);
}

async function filesIn(folder: string): Promise<string[]> {
  const found = [];
  for await (const { name, isDirectory } of Deno.readDir(ROOT + folder)) {
    found.push(...isDirectory ? await filesIn(`${folder}/${name}`) : [`${folder}/${name}`]);
  }
  return found;
}

/** Lists the modules with code; modules of types only are omitted. */
async function modules(): Promise<string[]> {
  const entry = ROOT + compileArguments(chosenTargets([])[0]!).at(-1);
  const { modules } = JSON.parse(await run(Deno.execPath(), ["info", "--json", entry]));
  const own = (modules as readonly { readonly specifier: string; readonly error?: string }[])
    .filter(({ specifier }) => specifier.startsWith("file:"));
  assertEquals(own.filter(({ error }) => error !== undefined), []);
  const paths = own.map(({ specifier }) => new URL(specifier).pathname.slice(ROOT.length));
  assert(paths.length > 50);
  return paths.filter((path) => !path.endsWith(".d.ts") && hasCode(Deno.readTextFileSync(ROOT + path)));
}

function hasCode(text: string): boolean {
  return /^(export \{|(export )?(async |abstract )?(const|function|class) )/m.test(text);
}

async function startServer(
  program: string,
  args: readonly string[],
  cwd: string,
): Promise<{ readonly url: string } & AsyncDisposable> {
  const child = new Deno.Command(program, {
    args: [...args],
    cwd,
    stdin: "null",
    stdout: "piped",
    stderr: "null",
  })
    .spawn();
  const reader = child.stdout.pipeThrough(new TextDecoderStream()).getReader();
  const url = await eventually(
    "the address",
    async () => /^http\S+/.exec((await reader.read()).value ?? "")?.[0],
  );
  return {
    url,
    async [Symbol.asyncDispose]() {
      child.kill("SIGTERM");
      await reader.cancel();
      await child.status;
    },
  };
}
