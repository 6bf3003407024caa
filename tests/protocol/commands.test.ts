/** Tests for the table of commands and everything derived from it. */
import { assertEquals } from "../assert.ts";
import { HTTP_PATHS } from "../../server/contracts/http_paths.ts";
import { toStackRequest } from "../../server/cli/stacks/flags.ts";
import { COMMANDS, postCommands } from "../../server/protocol/commands.ts";
import { successMessage } from "../../server/stacks/commands.ts";

Deno.test("the commands of stacks and projects are those of the contract", () => {
  assertEquals(postCommands("stack"), ["deploy", "start", "stop", "restart", "pull", "update"]);
  assertEquals(postCommands("project"), ["start", "stop", "restart"]);
});

Deno.test("every POST command has a path in OpenAPI and a CLI verb", () => {
  for (const name of postCommands("stack")) {
    assertEquals(HTTP_PATHS[`/stacks/{id}/${name}`]?.post?.summary, COMMANDS[name].summary);
    assertEquals(toStackRequest([name, "web"], {}).verb, name);
  }
});

Deno.test("success messages keep the wording that clients match", () => {
  assertEquals(successMessage("deploy", "Stack"), "Stack deployed successfully");
  assertEquals(successMessage("remove", "Stack"), "Stack removed successfully");
  assertEquals(successMessage("stop", "Project"), "Project stopped successfully");
});
