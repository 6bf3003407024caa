/** Tests of the end of a terminal's process with its session, its socket or its server. */
import { assertEquals, assertMatch, eventually } from "../assert.ts";
import { TOKEN } from "../client.ts";
import type { FakeProcess } from "./fake_execs.ts";
import { endedOperation, serveTerminals, TERMINAL, TerminalClient, type TerminalScene } from "./client.ts";

const SHELL = { cmd: ["sh"], user: "www" };

/** Opens a terminal and waits for its process. */
async function opened(it: TerminalScene, secret?: string): Promise<[TerminalClient, FakeProcess]> {
  const client = await TerminalClient.open(it.server.url, SHELL, TERMINAL, secret);
  return [client, await eventually("the process", () => it.execs.processes.at(-1))];
}

Deno.test("the process ends when the socket closes", async () => {
  await using it = await serveTerminals();
  const [client, process] = await opened(it);
  await client[Symbol.asyncDispose]();
  await eventually("the end of the process", () => !process.running);
  assertEquals((await endedOperation(it)).state, "succeeded");
  assertEquals(it.execs.kills[0], "HUP www");
});

Deno.test("a process that ignores SIGHUP is killed, as its user and as root", async () => {
  await using it = await serveTerminals();
  it.execs.onKill = (signal) => {
    const { kills, processes } = it.execs;
    if (signal === "KILL" && kills.at(-1) === "KILL 0") processes[0]!.exit(137);
    return processes[0]!.running ? 1 : 0;
  };
  const [client, process] = await opened(it);
  await client[Symbol.asyncDispose]();
  await endedOperation(it);
  assertEquals([process.running, it.execs.kills.slice(0, 3)], [false, ["HUP www", "KILL www", "KILL 0"]]);
});

Deno.test("an operation whose process cannot be ended says that it still runs", async () => {
  await using it = await serveTerminals();
  it.execs.onKill = () => 1;
  const [client] = await opened(it);
  await client[Symbol.asyncDispose]();
  const { state, error } = await endedOperation(it);
  assertEquals(state, "failed");
  assertMatch(error, /^The command still runs in container "web": it did not exit in time/);
});

Deno.test("a container without a shell gets Ctrl-C and Ctrl-\\ instead", async () => {
  await using it = await serveTerminals();
  it.execs.onKill = () => undefined;
  it.execs.onStart = (process) => process.onInput = (text) => process.exit(text === "\x03\x1c" ? 131 : 0);
  const [client, process] = await opened(it);
  await client[Symbol.asyncDispose]();
  assertEquals([(await endedOperation(it)).state, process.running], ["succeeded", false]);
});

Deno.test("a container without a shell whose process ignores that is reported", async () => {
  await using it = await serveTerminals();
  it.execs.onKill = () => undefined;
  const [client] = await opened(it);
  await client[Symbol.asyncDispose]();
  assertMatch((await endedOperation(it)).error, /the container has no shell to end it with/);
});

Deno.test("signing out closes the terminal with 1008 and ends its process", async () => {
  await using it = await serveTerminals();
  const json = { "content-type": "application/json" };
  const body = JSON.stringify({ token: TOKEN });
  const { session } =
    await (await fetch(`${it.server.url}/sessions`, { method: "POST", headers: json, body })).json();
  const [client, process] = await opened(it, session);
  await using _client = client;
  const headers = { authorization: `Bearer ${session}` };
  await fetch(`${it.server.url}/sessions/current`, { method: "DELETE", headers });
  assertEquals((await client.end()).code, 1008);
  await eventually("the end of the process", () => !process.running);
});

Deno.test("cancelling the operation ends the process and closes the socket", async () => {
  await using it = await serveTerminals();
  const [client, process] = await opened(it);
  await using _client = client;
  const [{ operation_id }] = await it.get("/operations");
  const headers = { authorization: `Bearer ${TOKEN}` };
  await (await fetch(`${it.server.url}/operations/${operation_id}/cancel`, { method: "POST", headers })).body
    ?.cancel();
  await client.end();
  assertEquals([process.running, (await endedOperation(it)).state], [false, "cancelled"]);
});

Deno.test("a server that stops ends the processes of its terminals", async () => {
  const it = await serveTerminals();
  const [client, process] = await opened(it);
  await using _client = client;
  await it[Symbol.asyncDispose]();
  assertEquals([(await client.end()).code, process.running], [1001, false]);
});

Deno.test("a client that leaves while its command starts leaves no process", async () => {
  await using it = await serveTerminals();
  it.execs.onStart = (process) => process.started = false;
  const [client, process] = await opened(it);
  await client[Symbol.asyncDispose]();
  await eventually("the end of the process", () => !process.running);
});

Deno.test("a command that ended on its own is not looked for", async () => {
  await using it = await serveTerminals();
  const [client, process] = await opened(it);
  process.exit(0);
  await client.end();
  await endedOperation(it);
  assertEquals(it.execs.kills, []);
});
