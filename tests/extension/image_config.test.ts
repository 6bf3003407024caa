import { imageConfig } from "../../extension/package/image_config.ts";
import { assertEquals } from "../assert.ts";

const CONFIG = JSON.stringify({
  name: "@dockstat/dockstat",
  nodeModulesDir: "none",
  imports: { "@std/yaml": "npm:a@1", valibot: "npm:b@1", yaml: "npm:c@1", "fast-check": "npm:d@1" },
  tasks: { start: "deno run" },
});

Deno.test("the configuration of the image has the imports of the product and no tasks", () => {
  const sources = [
    '// @ts-types="./types/yaml.d.ts"\nimport {\n  parse,\n} from "@std/yaml";\n',
    'import * as v from "valibot";\nexport { x } from "./fast-check.ts";\n',
    'const { parseDocument } = await import("yaml");\n',
  ];
  assertEquals(JSON.parse(imageConfig(CONFIG, sources)), {
    name: "@dockstat/dockstat",
    nodeModulesDir: "none",
    imports: { "@std/yaml": "npm:a@1", valibot: "npm:b@1", yaml: "npm:c@1" },
  });
});
