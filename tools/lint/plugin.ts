/** The plugin that `deno lint` loads, for the server and for the page. */
import { docStart, documentedExports } from "./documented.ts";
import { layers } from "./layers.ts";
import { fileLength, functionLength } from "./length.ts";
import { ROOT } from "./paths.ts";
import { parsePhrases } from "./phrases.ts";
import { prose } from "./prose.ts";

const phrases = parsePhrases(Deno.readTextFileSync(new URL("phrases.txt", import.meta.url)));

/** Rules of the project. */
const plugin: Deno.lint.Plugin = {
  name: "dockstat",
  rules: {
    "layers": layers(ROOT),
    "function-length": functionLength,
    "file-length": fileLength,
    "documented-exports": documentedExports,
    "doc-start": docStart,
    "phrases": prose(ROOT, phrases),
  },
};

export default plugin;
