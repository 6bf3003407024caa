/** Tests for the table of commands on containers and everything derived from it. */
import { toContainerRequest } from "../../server/cli/containers/flags.ts";
import { HTTP_PATHS } from "../../server/contracts/http_paths.ts";
import { CONTAINER_COMMAND_NAMES, CONTAINER_COMMANDS } from "../../server/protocol/container_commands.ts";
import { STACK_ACTIONS, STACK_STATUSES } from "../../server/protocol/stack_events.ts";
import { assert, assertEquals } from "../assert.ts";

Deno.test("the commands of containers are those of the contract", () => {
  assertEquals(CONTAINER_COMMAND_NAMES, ["start", "stop", "restart", "kill", "pause", "unpause"]);
});

for (const name of CONTAINER_COMMAND_NAMES) {
  Deno.test(`${name} has a path in OpenAPI, a CLI verb, an action and a status`, () => {
    const { action, status, summary } = CONTAINER_COMMANDS[name];
    assertEquals(HTTP_PATHS[`/containers/{hostId}/{id}/${name}`]?.post?.summary, summary);
    assertEquals(toContainerRequest([name, "web"], {}).verb, name);
    assert(STACK_ACTIONS.includes(action) && STACK_STATUSES.includes(status));
  });
}
