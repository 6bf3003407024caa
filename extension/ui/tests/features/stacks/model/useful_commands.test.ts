import { assertEquals } from "../../../../../../tests/assert.ts";
import {
  usefulCommands,
  usefulServiceCommands,
} from "../../../../src/features/stacks/model/useful_commands.ts";
import { missingService, service, serviceContainer, stack } from "../../../fakes/messages.ts";

const of = (...states: readonly (readonly [state: string, exitCode?: number])[]) =>
  service({
    containers: states.map(([state, exitCode = null]) => serviceContainer({ state, exitCode })),
  });

for (
  const [what, changes, expected] of [
    ["is running", {}, ["restart", "stop"]],
    ["is starting", { status: "starting" }, ["restart", "stop"]],
    ["was never deployed", { status: "never_deployed", services: [missingService()] }, []],
    ["was created", { status: "created", services: [of(["created"])] }, ["start"]],
    ["is stopped", { status: "stopped", services: [of(["exited", 137])] }, ["start"]],
    ["has exited", { status: "exited", services: [of(["exited", 0])] }, ["start"]],
    ["is degraded by an exit", { status: "degraded", services: [of(["running"], ["exited", 1])] }, [
      "start",
      "restart",
      "stop",
    ]],
    ["is degraded by its health", { status: "degraded" }, ["restart", "stop"]],
    ["is degraded without a container that runs", { status: "degraded", services: [of(["exited", 1])] }, [
      "start",
      "restart",
      "stop",
    ]],
    ["is unhealthy beside a completed job", {
      status: "degraded",
      services: [of(["running"], ["exited", 0])],
    }, [
      "restart",
      "stop",
    ]],
    ["is paused", { status: "degraded", services: [of(["paused"])] }, ["restart", "stop"]],
    ["has an unknown state", { status: "unknown" }, ["start", "restart", "stop"]],
  ] as const
) {
  Deno.test(`offers ${expected.join(", ") || "nothing"} for a stack that ${what}`, () => {
    assertEquals(usefulCommands(stack(changes)), [...expected]);
  });
}

Deno.test("offers what changes a service", () => {
  assertEquals(usefulServiceCommands(missingService()), []);
  assertEquals(usefulServiceCommands(service()), ["restart", "stop"]);
  assertEquals(usefulServiceCommands(of(["exited", 1])), ["start", "restart"]);
  assertEquals(usefulServiceCommands(of(["running"], ["exited", 1])), ["start", "restart", "stop"]);
});
