/** Builds the dashboard into `dist/ui`, which the server serves at `/` and Docker Desktop opens from a file. */
import { gzipSync } from "node:zlib";
import react from "@vitejs/plugin-react";
import { build } from "vite";
import project from "../../deno.json" with { type: "json" };

await build({
  configFile: false,
  root: import.meta.dirname!,
  // All addresses are relative, since Docker Desktop opens the page from a file.
  base: "./",
  logLevel: "warn",
  define: { __DOCKSTAT_VERSION__: JSON.stringify(project.version) },
  plugins: [react()],
  build: {
    outDir: "../../dist/ui",
    emptyOutDir: true,
    target: "es2022",
    chunkSizeWarningLimit: 600,
    // Texts of templates.
    rolldownOptions: {
      moduleTypes: { ".yaml": "text", ".env": "text" },
      // One request instead of one for each module that a later part of the page shares.
      output: { codeSplitting: { groups: [{ name: "first", tags: ["$initial"] }] } },
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
for (const place of ["./", "./assets/"].map((name) => new URL(name, folder))) {
  for await (const { name, isFile } of Deno.readDir(place)) {
    if (!isFile || !/\.(js|css|html|svg)$/.test(name)) continue;
    await Deno.writeFile(
      new URL(`${name}.gz`, place),
      gzipSync(await Deno.readFile(new URL(name, place)), { level: 9 }),
    );
  }
}
