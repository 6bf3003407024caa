/** Builds the dashboard into `dist/ui`, which the server serves at `/` and Docker Desktop opens from a file. */
import { brotliCompressSync, gzipSync } from "node:zlib";
import react from "@vitejs/plugin-react";
import { build, type Plugin } from "vite";
import project from "../../deno.json" with { type: "json" };

/** Code that the page loads first. Each group is one request instead of one for each module that other parts share. */
const FIRST = [
  { name: "start", tags: ["$initial" as const], priority: 1 },
  { name: "view", test: /[\\/]src[\\/]app[\\/]render_page\.tsx$/ },
];

/** Requests the code of the view and the font together with the code of the start, which would request them later. */
const PRELOAD: Plugin = {
  name: "preload",
  transformIndexHtml: {
    order: "post",
    handler(_html, { bundle = {} }) {
      const files = Object.values(bundle);
      const view = files.find(({ name }) => name === "view")!;
      const font = files.find(({ fileName }) => fileName.endsWith(".woff2"))!;
      return [
        { rel: "modulepreload", crossorigin: true, href: `./${view.fileName}` },
        { rel: "preload", as: "font", type: "font/woff2", crossorigin: true, href: `./${font.fileName}` },
      ].map((attrs) => ({ tag: "link", attrs, injectTo: "head" }));
    },
  },
};

await build({
  configFile: false,
  root: import.meta.dirname!,
  // All addresses are relative, since Docker Desktop opens the page from a file.
  base: "./",
  logLevel: "warn",
  define: { __DOCKSTAT_VERSION__: JSON.stringify(project.version) },
  plugins: [react(), PRELOAD],
  build: {
    outDir: "../../dist/ui",
    emptyOutDir: true,
    target: "es2022",
    chunkSizeWarningLimit: 600,
    // Texts of templates.
    rolldownOptions: {
      moduleTypes: { ".yaml": "text", ".env": "text" },
      output: { codeSplitting: { groups: FIRST } },
    },
  },
});

// A worker keeps its address, controls the pages beside it, and shares no file with them.
await build({
  configFile: false,
  root: import.meta.dirname!,
  logLevel: "warn",
  publicDir: false,
  build: {
    outDir: "../../dist/ui",
    emptyOutDir: false,
    target: "es2022",
    rollupOptions: { input: "src/worker/sw.ts", output: { entryFileNames: "sw.js", format: "iife" } },
  },
});

// Files are compressed once here instead of on each request.
const folder = new URL("../../dist/ui/", import.meta.url);
const page = await Deno.readTextFile(new URL("index.html", folder));
for (const place of ["./", "./assets/"].map((name) => new URL(name, folder))) {
  for await (const { name, isFile } of Deno.readDir(place)) {
    if (!isFile || !/\.(js|css|html|svg)$/.test(name)) continue;
    const bytes = await Deno.readFile(new URL(name, place));
    await Deno.writeFile(new URL(`${name}.gz`, place), gzipSync(bytes, { level: 9 }));
    // It takes seconds, so only what the page loads first has it.
    if (!page.includes(`/${name}"`)) continue;
    await Deno.writeFile(new URL(`${name}.br`, place), brotliCompressSync(bytes));
  }
}
