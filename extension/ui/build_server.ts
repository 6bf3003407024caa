/**
 * Builds the server into `dist/server`: a few files start in two thirds of the time that hundreds of modules take, and
 * need less memory (decision 0024).
 */
import { build, type Plugin } from "vite";
import { makeLean } from "./lean_files.ts";
import project from "../../deno.json" with { type: "json" };

/** Packages that are loaded at each start; the others stay outside, and are loaded at their first use. */
const INSIDE = /^(@std\/.*|@logtape\/logtape|valibot|ipaddr\.js|diff)$/;
const PACKAGES: Readonly<Record<string, string>> = project.imports;

/** Resolves the packages of the server's `deno.json` among those that are installed for the page. */
const packages: Plugin = {
  name: "packages",
  enforce: "pre",
  resolveId(name) {
    if (!INSIDE.test(name)) return undefined;
    const path = PACKAGES[name]!.replace(/^npm:(.[^@]*)@[^/]*/, "$1");
    return this.resolve(path, import.meta.filename, { skipSelf: true });
  },
};

/** Returns whether a module is loaded at run time from where `deno.json` says. */
function isOutside(name: string): boolean {
  return /^[^./#]/.test(name) && !INSIDE.test(name) && !name.startsWith("deno-std/");
}

await build({
  configFile: false,
  root: import.meta.dirname!,
  logLevel: "warn",
  publicDir: false,
  plugins: [packages],
  ssr: { target: "webworker", noExternal: true },
  build: {
    ssr: true,
    outDir: "../../dist/server",
    emptyOutDir: true,
    target: "esnext",
    minify: true,
    // The log names file and line of the source.
    sourcemap: true,
    rollupOptions: {
      input: {
        program: "../../server/cli/program/program.ts",
        reader_process: "../../server/kernel/reader_process.ts",
      },
      external: isOutside,
      output: {
        entryFileNames: "[name].js",
        chunkFileNames: "[name]-[hash].js",
        sourcemapExcludeSources: true,
      },
    },
  },
});
await makeLean(new URL("../../dist/server/", import.meta.url));
