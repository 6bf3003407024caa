import { runEach } from "../../server/cli/finish_operation.ts";
import { ServerClient } from "../../server/cli/server_client.ts";
import type { OperationState } from "../../server/protocol/operations.ts";
import { AppError } from "../../server/errors.ts";
import { assertEquals, assertRejects } from "../assert.ts";
import { Captured } from "./stacks/client.ts";

/** A server on which each operation ends at once, by the name of its object. */
class FakeClient extends ServerClient {
  readonly started: string[] = [];
  warnings: readonly string[] = [];

  constructor(readonly ends: Readonly<Record<string, OperationState>>) {
    super("http://127.0.0.1:1", undefined);
  }

  override ask<T>(path: string, { method = "GET" }: { readonly method?: string } = {}): Promise<T> {
    if (method !== "GET") {
      this.started.push(`${method} ${path}`);
      return Promise.resolve({ operation_id: this.started.length } as T);
    }
    const name = this.started.at(-1)!.split("/").at(-1)!;
    const error = this.ends[name] === "failed" ? "no such file" : null;
    const warnings = this.warnings;
    return Promise.resolve({ action: "stopping", state: this.ends[name], error, events: [], warnings } as T);
  }

  override async *frames<T>(): AsyncGenerator<T> {}
}

const SIGNAL = new AbortController().signal;

function requests(...names: readonly string[]) {
  return names.map((name) => ({ name, method: "POST" as const, path: `/${name}` }));
}

Deno.test("runs one operation after the other and reports all failures at the end", async () => {
  const client = new FakeClient({ a: "failed", b: "succeeded", c: "cancelled" });
  const error = await assertRejects(() => runEach(client, requests("a", "b", "c"), SIGNAL), AppError);
  assertEquals(error.message, 'Stopping "a" has failed: no such file\nStopping "c" was cancelled');
  assertEquals(client.started, ["POST /a", "POST /b", "POST /c"]);
});

Deno.test("returns when every operation has succeeded", async () => {
  await runEach(new FakeClient({ a: "succeeded" }), requests("a"), SIGNAL);
});

Deno.test("prints each warning once on standard error", async () => {
  const client = new FakeClient({ a: "succeeded" });
  client.warnings = ["Warning: No resource found", "unset\x1b[2J", "unset\x1b[2J"];
  using captured = new Captured();
  await runEach(client, requests("a"), SIGNAL);
  assertEquals([captured.out, captured.err], ["", "warning: No resource found\nwarning: unset [2J\n"]);
});

Deno.test("starts nothing after Ctrl-C", async () => {
  const client = new FakeClient({});
  await assertRejects(
    () => runEach(client, requests("a"), AbortSignal.abort()),
    AppError,
    'Stopped before "a"',
  );
  assertEquals(client.started, []);
});
