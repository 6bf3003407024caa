import { servicesOf } from "../../../server/stacks/validate/service_model.ts";
import { assertEquals } from "../../assert.ts";

for (
  const [what, context, expected] of [
    ["in the folder", "/home/app/web", "./web"],
    ["that is the folder", "/home/app", "."],
    ["beside the folder, with a name that begins alike", "/home/app2", "/home/app2"],
    ["elsewhere", "/srv/web", "/srv/web"],
  ] as const
) {
  Deno.test(`the build context ${what} has the path ${expected}`, () => {
    const build = { context, additional_contexts: { more: context } };
    const [service] = servicesOf({ services: { web: { build } } }, { env: "", folder: "/home/app" });
    assertEquals([service?.contextFolder, service?.buildPaths], [expected, [expected]]);
  });
}
