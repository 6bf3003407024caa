import { findStack, openServerClient, ServerClient } from "../../server/cli/server_client.ts";
import { AppError } from "../../server/errors.ts";
import type { Stack } from "../../server/protocol/stacks.ts";
import { assertEquals, assertRejects, assertThrows } from "../assert.ts";
import { testConfig, TOKEN } from "../client.ts";
import { temporaryFolder } from "../fakes/folder.ts";

/** Serves one answer to every request, and records the requests. */
function serveAnswer(answer: () => Response | Promise<Response>) {
  const requests: { method: string; path: string; authorization: string | null; body: string }[] = [];
  const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen: () => {} }, async (request) => {
    const { method, url, headers } = request;
    const body = await request.text();
    requests.push({ method, path: new URL(url).pathname, authorization: headers.get("authorization"), body });
    return await answer();
  });
  return {
    requests,
    port: server.addr.port,
    url: `http://127.0.0.1:${server.addr.port}`,
    [Symbol.asyncDispose]: () => server.shutdown(),
  };
}

Deno.test("sends the token and the body, and returns the JSON of the answer", async () => {
  await using server = serveAnswer(() => Response.json({ stack_id: 7 }));
  const client = new ServerClient(server.url, TOKEN);
  assertEquals(await client.ask("/stacks", { method: "POST", body: { name: "web" } }), { stack_id: 7 });
  assertEquals(server.requests, [
    { method: "POST", path: "/stacks", authorization: `Bearer ${TOKEN}`, body: '{"name":"web"}' },
  ]);
});

Deno.test("sends bytes as they are", async () => {
  await using server = serveAnswer(() => Response.json({}));
  const bytes = new TextEncoder().encode("A=1\n");
  await new ServerClient(server.url, TOKEN).ask("/stacks/1/files/a.env", { method: "PUT", bytes });
  assertEquals(server.requests.map(({ method, body }) => [method, body]), [["PUT", "A=1\n"]]);
});

Deno.test("sends no Authorization header without a token", async () => {
  await using server = serveAnswer(() => Response.json([]));
  await new ServerClient(server.url, undefined).ask("/stacks");
  assertEquals(server.requests.map(({ authorization }) => authorization), [null]);
});

const problem = (status: number, more: object) => () =>
  Response.json({ type: "about:blank", title: "Refused", status, ...more }, { status });

const REFUSALS: readonly (readonly [string, () => Response, string])[] = [
  ["the detail of a refusal", problem(409, { detail: 'Stack "web" is busy' }), 'Stack "web" is busy'],
  [
    "the fields of an invalid body",
    problem(422, { detail: "Cannot read", errors: [{ path: "name", message: "expected a name" }] }),
    "name: expected a name",
  ],
  [
    "the detail if the errors are about lines of a file",
    problem(422, { detail: "line 2: no", errors: [{ path: "compose", line: 2, message: "no" }] }),
    "line 2: no",
  ],
  ["the text of an unknown refusal", problem(418, {}), "refused: {"],
  ["a server that is not DockStat", () => new Response("<html>"), "is not DockStat"],
];

for (const [what, answer, message] of REFUSALS) {
  Deno.test(`a refused request reports ${what}`, async () => {
    await using server = serveAnswer(answer);
    const error = await assertRejects(() => new ServerClient(server.url, TOKEN).ask("/stacks"), AppError);
    const code = answer().status === 409 ? "busy" : "failed";
    assertEquals([error.code, error.message.includes(message)], [code, true], error.message);
  });
}

Deno.test("an unreachable server is reported with the way to start it", async () => {
  const server = serveAnswer(() => Response.json([]));
  await server[Symbol.asyncDispose]();
  const error = await assertRejects(() => new ServerClient(server.url, TOKEN).ask("/stacks"), AppError);
  assertEquals(error.code, "unavailable");
  assertEquals(error.message.includes('start it with "dockstat serve"'), true, error.message);
});

Deno.test("an aborted request reports that nothing was started", async () => {
  await using server = serveAnswer(() => Response.json([]));
  const client = new ServerClient(server.url, TOKEN);
  await assertRejects(
    () => client.ask("/stacks", { signal: AbortSignal.abort() }),
    AppError,
    "Stopped before anything was started",
  );
});

/** Opens a client of a server with a stored token. */
async function tokenFor(need: "view" | "change", answer: () => Response): Promise<string | undefined> {
  await using server = serveAnswer(answer);
  using folder = temporaryFolder({ token: `${TOKEN}\n` });
  const listen = { host: "127.0.0.1", port: server.port, socket: undefined };
  const config = testConfig([], { listen, data: folder.path("") });
  const access = { ...config.access, token: undefined };
  return (await openServerClient({ ...config, access }, need)).token;
}

Deno.test("changes use the stored token", async () => {
  assertEquals(await tokenFor("change", () => Response.json([])), TOKEN);
});

Deno.test("viewing uses the stored token only where the server requires one", async () => {
  assertEquals(await tokenFor("view", () => Response.json([])), undefined);
  assertEquals(await tokenFor("view", () => new Response(null, { status: 401 })), TOKEN);
});

function stack(stack_id: number | null, name: string, hostId = "Localhost"): Stack {
  const rest = {
    status: "running",
    managed: stack_id !== null,
    services: [],
    operation: null,
    last_operation: null,
  } as const;
  return { stack_id, name, hostId, ...rest, pending_changes: false, created_at: null, updated_at: null };
}

const STACKS = [stack(1, "web"), stack(2, "web", "nas"), stack(3, "1"), stack(null, "byhand", "nas")];

Deno.test("a stack is found by its name, its id and its host", () => {
  assertEquals(findStack(STACKS, "2", undefined), STACKS[1]);
  assertEquals(findStack(STACKS, "web", "nas"), STACKS[1]);
  assertEquals(findStack(STACKS, "byhand", undefined), STACKS[3]);
});

Deno.test("a name of several stacks, and a name that is also an id, are ambiguous", () => {
  for (const text of ["web", "1"]) {
    const error = assertThrows(() => findStack(STACKS, text, undefined), AppError, "is ambiguous");
    assertEquals(error.code, "usage");
  }
});

Deno.test("a misspelled stack is reported with the closest name", () => {
  assertThrows(() => findStack(STACKS, "byhnd", undefined), AppError, "did you mean byhand?");
  assertThrows(
    () => findStack(STACKS, "web", "elsewhere"),
    AppError,
    'There is no stack "web" on host "elsewhere": "dockstat',
  );
});

Deno.test("an unknown stack is reported with its host", () => {
  const error = assertThrows(() => findStack(STACKS, "byhand", "Localhost"), AppError, 'on host "Localhost"');
  assertEquals(error.code, "not-found");
  assertThrows(() => findStack(STACKS, "null", undefined), AppError, 'There is no stack "null"');
});
