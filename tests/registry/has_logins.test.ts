import { hasLogins } from "../../server/registry/logins.ts";
import { assertEquals } from "../assert.ts";
import { temporaryFolder } from "../fakes/folder.ts";

for (
  const [what, config, has] of [
    ["a login", '{"auths":{"ghcr.io":{"auth":"eA=="}}}', true],
    ["a store of logins", '{"auths":{},"credsStore":"pass"}', true],
    ["a helper of one registry", '{"credHelpers":{"ghcr.io":"gh"}}', true],
    ["no logins", '{"auths":{},"currentContext":"nas"}', false],
    ["a text that is not JSON", "{", false],
    ["a list", "[]", false],
  ] as const
) {
  Deno.test(`settings of the Docker CLI with ${what} ${has ? "have" : "have no"} logins`, async () => {
    using folder = temporaryFolder({ "config.json": config });
    assertEquals(await hasLogins(folder.path("")), has);
  });
}

Deno.test("without settings of the Docker CLI there is no login", async () => {
  using folder = temporaryFolder();
  assertEquals([await hasLogins(folder.path("")), await hasLogins(undefined)], [false, false]);
});
