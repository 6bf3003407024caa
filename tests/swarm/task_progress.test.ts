import { forgetOthers } from "../../server/swarm/task_progress.ts";
import { assertEquals } from "../assert.ts";

Deno.test("only tasks that the manager lists are remembered", () => {
  const shown = new Map<string, string>();
  for (let reading = 0; reading < 100; reading++) {
    const tasks = [{ id: "kept" }, { id: `invented-${reading}` }];
    forgetOthers(shown, tasks);
    for (const { id } of tasks) shown.set(id, "running");
  }
  assertEquals([...shown.keys()], ["kept", "invented-99"]);
});
