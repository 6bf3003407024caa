/** The page's templates and the server's checks agree. */
import { TEMPLATES } from "../../../extension/ui/src/features/stacks/templates/catalog.ts";
import { filledEnv } from "../../../extension/ui/src/features/stacks/templates/template.ts";
import { assertEquals } from "../../assert.ts";
import { serveStacks } from "../client.ts";

Deno.test("the server accepts every template without a warning", async () => {
  await using it = await serveStacks();
  for (const template of TEMPLATES) {
    const texts = { compose: template.compose, env: filledEnv(template) };
    const { status, body } = await it.call("POST", "/stacks/validate", texts);
    assertEquals([template.name, status, body.errors, body.warnings], [template.name, 200, undefined, []]);
  }
});
