import { followOperation, linesAfter } from "../../server/cli/follow_operation.ts";
import type { Progress, ProgressMessage } from "../../server/cli/progress.ts";
import { ServerClient } from "../../server/cli/server_client.ts";
import { AppError } from "../../server/errors.ts";
import type { OperationWithMessages } from "../../server/protocol/operations.ts";
import type { DetailedStackEvent } from "../../server/protocol/stack_events.ts";
import { assert, assertEquals, assertRejects } from "../assert.ts";

/** Progress that records what it shows. */
class Recorded implements Progress {
  readonly shown: string[] = [];
  readonly notes: string[] = [];
  readonly lines: string[] = [];

  report(_action: string, { message }: ProgressMessage): void {
    this.shown.push(message);
  }

  output(name: string, line: string): void {
    this.lines.push(`${name} | ${line}`);
  }

  note(text: string): void {
    this.notes.push(text);
  }

  [Symbol.dispose](): void {}
}

/** Server whose answers about the operation follow each other; the last one repeats. */
class FakeClient extends ServerClient {
  readonly asked: string[] = [];
  /** Lines of the build, which the next answer has in addition to those before. */
  readonly printed: string[] = [];
  #output = 0;
  readonly #answers: (() => OperationWithMessages)[];

  constructor(...answers: (() => OperationWithMessages)[]) {
    super("http://127.0.0.1:1", undefined);
    this.#answers = answers;
  }

  override ask<T>(path: string, { method = "GET" }: { readonly method?: string } = {}): Promise<T> {
    this.asked.push(`${method} ${path}`);
    if (path.endsWith("/output")) {
      const lines = this.printed.slice(0, ++this.#output);
      return Promise.resolve({ output: lines, steps: [{ name: "[web 1/2] RUN make", lines }] } as T);
    }
    if (method === "POST") return Promise.resolve({} as T);
    const answer = this.#answers.length > 1 ? this.#answers.shift()! : this.#answers[0]!;
    return Promise.resolve().then(answer) as Promise<T>;
  }

  override async *frames<T>(): AsyncGenerator<T> {}
}

function operation(
  state: OperationWithMessages["state"],
  events: readonly DetailedStackEvent[] = [],
  stack_id: number | null = 3,
): OperationWithMessages {
  return {
    ...{ operation_id: 5, stack_id, project: "web", hostId: "Localhost", action: "deploying", state },
    target: { kind: "stack", name: "web", id: "3" },
    ...{
      created_at: "2026-08-01T12:00:00.000Z",
      started_at: null,
      ended_at: null,
      exit_code: null,
      error: null,
    },
    ...{ messages: [], warnings: [], events: [...events] },
  };
}

function step(seq: number, message: string, kind = "container"): DetailedStackEvent {
  const resource = { kind, name: "web-1", parent: null };
  return {
    type: "stack-progress",
    seq,
    data: {
      ...{ stack_id: 3, host_id: "Localhost", project: "web", operation_id: 5, target: null },
      ...{ action: "deploying", message, timestamp: "2026-08-01T12:00:00.000Z", resource },
      ...{ state: "working", verb: null, percent: null, current: null, total: null },
    },
  } as DetailedStackEvent;
}

const SIGNAL = new AbortController().signal;

Deno.test("shows each line of a build once, while it runs and after its end", async () => {
  const client = new FakeClient(
    () => operation("running", [step(1, "Building", "step")]),
    () => operation("running"),
    () => operation("succeeded"),
  );
  client.printed.push("one", "two", "two");
  const progress = new Recorded();
  await followOperation(client, 5, progress, SIGNAL);
  assertEquals(progress.lines, ["one", "two", "two"].map((line) => `[web 1/2] RUN make | ${line}`));
});

Deno.test("asks for no output of an operation without builds", async () => {
  const client = new FakeClient(() => operation("succeeded", [step(1, "Creating web")]));
  await followOperation(client, 5, new Recorded(), SIGNAL);
  assertEquals(client.asked.some((path) => path.endsWith("/output")), false);
});

Deno.test("continues after the known lines, also when the oldest are no longer kept", () => {
  for (
    const [known, lines, expected] of [
      ["", "ab", "ab"],
      ["ab", "abc", "c"],
      ["ab", "ab", ""],
      ["abc", "cde", "de"],
      ["aaa", "aaaa", "a"],
      ["abc", "xyz", "xyz"],
    ] as const
  ) {
    assertEquals(linesAfter([...known], [...lines]).join(""), expected, `${known} ${lines}`);
  }
});

Deno.test("returns the operation when it has ended, and shows each event once, in order", async () => {
  const events = [step(1, "Creating web"), step(2, "Starting web"), step(3, "Started web")];
  const client = new FakeClient(
    () => operation("running", events.slice(0, 1)),
    () => operation("running", events.slice(0, 2)),
    () => operation("succeeded", events),
  );
  const progress = new Recorded();
  const { state } = await followOperation(client, 5, progress, SIGNAL);
  assertEquals([state, progress.shown], ["succeeded", ["Creating web", "Starting web", "Started web"]]);
});

Deno.test("does not show layers, whose image has their sum", async () => {
  const progress = new Recorded();
  const events = [step(1, "Pulling web", "image"), step(2, "Downloading 7db2", "layer")];
  await followOperation(new FakeClient(() => operation("failed", events)), 5, progress, SIGNAL);
  assertEquals(progress.shown, ["Pulling web"]);
});

Deno.test("continues after a restart of the server", async () => {
  const unreachable = () => {
    throw new AppError("unavailable", "Cannot reach DockStat");
  };
  const client = new FakeClient(() => operation("running"), unreachable, () => operation("interrupted"));
  assertEquals((await followOperation(client, 5, new Recorded(), SIGNAL)).state, "interrupted");
});

Deno.test("fails if the operation no longer exists", async () => {
  const client = new FakeClient(() => {
    throw new AppError("failed", "There is no operation 5");
  });
  await assertRejects(() => followOperation(client, 5, new Recorded(), SIGNAL), AppError, "no operation 5");
});

Deno.test("an abort cancels the operation and waits for its end", async () => {
  const client = new FakeClient(
    () => operation("running"),
    () => operation("running"),
    () => operation("cancelled"),
  );
  const progress = new Recorded();
  const { state } = await followOperation(client, 5, progress, AbortSignal.abort());
  assertEquals([state, client.asked.includes("POST /operations/5/cancel")], ["cancelled", true]);
  assert(progress.notes[0]?.startsWith("Cancelling"));
});

Deno.test("an abort cancels an operation that belongs to no stack as well", async () => {
  const client = new FakeClient(
    () => operation("running", [], null),
    () => operation("cancelled", [], null),
  );
  const { state } = await followOperation(client, 5, new Recorded(), AbortSignal.abort());
  assertEquals([state, client.asked.filter((asked) => asked.startsWith("POST"))], [
    "cancelled",
    ["POST /operations/5/cancel"],
  ]);
});
