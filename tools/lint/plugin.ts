/** The plugin that `deno lint` loads, for the server and for the page. */
import { layers } from "./layers.ts";
import { ROOT } from "./paths.ts";

const plugin: Deno.lint.Plugin = {
  name: "dockstat",
  rules: {
    "layers": layers(ROOT),
  },
};

export default plugin;
