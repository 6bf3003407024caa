import { assertEquals } from "../../../../../../tests/assert.ts";
import type { DesktopClient } from "../../../../src/lib/transport/desktop.ts";
import type { Run, RunEnd } from "../../../../src/features/stacks/model/runs.ts";
import { Toasts } from "../../../../src/features/stacks/model/toasts.ts";

/** Docker Desktop, as far as toasts need it. */
function desktop() {
  const told: string[] = [];
  const say = (kind: string) => (text: string) => told.push(`${kind}: ${text}`);
  const client = {
    desktopUI: { toast: { success: say("success"), error: say("error"), warning: say("warning") } },
  };
  return { told, client: client as unknown as DesktopClient };
}

function run(outcome?: RunEnd["outcome"]): Run {
  const end = outcome && { outcome, message: "" };
  return {
    action: "deploying",
    target: null,
    startedAt: 0,
    changedAt: 0,
    resources: [],
    note: undefined,
    warnings: [],
    end,
  };
}

Deno.test("shows the end of an operation once, and only if this page started it", () => {
  const { told, client } = desktop();
  const toasts = new Toasts(client);
  toasts.expect("#1", "web");
  toasts.take("#1", run());
  toasts.take("#2", run("succeeded"));
  toasts.take("#1", run("succeeded"));
  toasts.take("#1", run("succeeded"));
  toasts.expect("#1", "web");
  toasts.take("#1", run("failed"));
  assertEquals(told, ['success: Deployed "web"', 'error: Deploy "web" failed']);
});

Deno.test("shows no toast for an operation that was cancelled or refused", () => {
  const { told, client } = desktop();
  const toasts = new Toasts(client);
  toasts.expect("#1", "web");
  toasts.take("#1", run("cancelled"));
  toasts.expect("#1", "web")();
  toasts.take("#1", run("succeeded"));
  assertEquals(told, []);
});
