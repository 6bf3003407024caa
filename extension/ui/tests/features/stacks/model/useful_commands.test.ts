import { assertEquals } from "../../../../../../tests/assert.ts";
import {
  neededCommand,
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

const ended = (action: "deploying" | "stopping", state: "failed" | "cancelled" | "succeeded") => ({
  last_operation: { operation_id: 3, action, state, ended_at: "2026-08-01T12:00:00.000Z" },
});

for (
  const [what, changes, expected] of [
    ["runs as it was deployed", {}, undefined],
    ["runs after a deployment", ended("deploying", "succeeded"), undefined],
    ["was never deployed", { status: "never_deployed", services: [missingService()] }, "deploy"],
    ["has saved changes", { pending_changes: true }, "deploy"],
    ["has saved changes and is stopped", { pending_changes: true, status: "stopped" }, "deploy"],
    [
      "has fewer containers than it wants",
      { status: "degraded", services: [service(), missingService()] },
      "deploy",
    ],
    ["failed to deploy", ended("deploying", "failed"), "deploy"],
    ["was cancelled while it was deployed", ended("deploying", "cancelled"), "deploy"],
    ["failed to stop", ended("stopping", "failed"), undefined],
    ["is stopped", { status: "stopped", services: [of(["exited", 137])] }, "start"],
    ["was created", { status: "created", services: [of(["created"])] }, "start"],
    ["has exited", { status: "exited", services: [of(["exited", 0])] }, "start"],
    ["is degraded by an exit", { status: "degraded", services: [of(["running"], ["exited", 1])] }, "start"],
    ["is degraded by its health", { status: "degraded" }, undefined],
    ["is on a host that does not answer", { status: "unknown" }, undefined],
    ["has saved changes on such a host", { status: "unknown", pending_changes: true }, "deploy"],
  ] as const
) {
  Deno.test(`needs ${expected ?? "nothing"} for a stack that ${what}`, () => {
    assertEquals(neededCommand(stack(changes)), expected);
  });
}
