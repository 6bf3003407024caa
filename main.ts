/**
 * The program as the tasks and the image run it: as built in `dist/server`, which starts faster, or from the sources.
 *
 * @module
 */
type Program = typeof import("./server/cli/program/program.ts");

const built = new URL("program.js", new URL("./dist/server/", import.meta.url));
const sources = new URL("./server/cli/program/program.ts", import.meta.url);
const isBuilt = await Deno.stat(built).then(() => true, () => false);

// The runtime loads the modules of a constant import even if it is never reached.
// deno-lint-ignore dockstat/layers
const { runProgram }: Program = await import((isBuilt ? built : sources).href);
await runProgram(Deno.args);
