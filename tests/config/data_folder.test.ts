import { resolveConfig } from "../../server/config/config.ts";
import type { Environment } from "../../server/config/docker_context.ts";
import { assertEquals } from "../assert.ts";

Deno.test("the data folder depends on the platform", async () => {
  const data = async (os: string, env: Environment) => (await resolveConfig({}, env, os)).data;
  assertEquals(await data("linux", { HOME: "/h", XDG_DATA_HOME: "/x" }), "/x/dockstat");
  assertEquals(await data("darwin", { HOME: "/h" }), "/h/Library/Application Support/dockstat");
  assertEquals(await data("windows", { LOCALAPPDATA: "C:/l" }), "C:/l/dockstat");
});
