import { findAll, findOne, pathOf, type Task } from "../../../server/cli/stacks/task.ts";
import { ServerClient } from "../../../server/cli/server_client.ts";
import { AppError } from "../../../server/errors.ts";
import type { Stack } from "../../../server/protocol/stacks.ts";
import { assertEquals, assertRejects } from "../../assert.ts";

function stack(stack_id: number | null, name: string): Stack {
  const none = { operation: null, last_operation: null, created_at: null, updated_at: null };
  const state = { status: "running", pending_changes: false, managed: stack_id !== null } as const;
  return { stack_id, name, hostId: "nas", ...state, services: [], ...none };
}

const STACKS = [stack(1, "web"), stack(2, "shop"), stack(null, "by hand")];

class FakeClient extends ServerClient {
  override stacks(): Promise<Stack[]> {
    return Promise.resolve(STACKS);
  }
}

function task(verb: Task["verb"], names: readonly string[], flags: Task["flags"] = {}): Task {
  const client = new FakeClient("http://127.0.0.1:1", undefined);
  return { verb, names, flags, client, signal: new AbortController().signal };
}

Deno.test("finds all stacks of a command in order", async () => {
  assertEquals(await findAll(task("stop", ["shop", "1"])), [STACKS[1]!, STACKS[0]!]);
});

for (const verb of ["show", "diff", "rm", "stop", "logs"] as const) {
  Deno.test(`stacks ${verb} also finds projects that DockStat did not create`, async () => {
    assertEquals(await findOne(task(verb, ["by hand"])), STACKS[2]!);
  });
}

for (const verb of ["deploy", "release", "set", "versions", "cancel"] as const) {
  Deno.test(`stacks ${verb} refuses a project that DockStat did not create`, async () => {
    const found = findOne(task(verb, ["by hand"]));
    await assertRejects(() => found, AppError, 'Adopt it with "dockstat stacks adopt by hand"');
  });
}

Deno.test("stacks diff of a project has no text to compare", async () => {
  for (const flags of [{ file: "a" }, { version: "1" }]) {
    const found = findOne({ ...task("diff", ["by hand"]), flags });
    await assertRejects(() => found, AppError, 'Adopt it with "dockstat stacks adopt by hand"');
  }
});

Deno.test("the path of a project is encoded", () => {
  assertEquals(STACKS.map(pathOf), ["/stacks/1", "/stacks/2", "/projects/nas/by%20hand"]);
});
