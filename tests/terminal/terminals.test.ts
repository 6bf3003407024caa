import { assert, assertEquals, assertMatch, eventually } from "../assert.ts";
import { TOKEN } from "../client.ts";
import { endedOperation, serveTerminals, TERMINAL, TerminalClient } from "./client.ts";

const SHELL = { cmd: ["sh"], user: null };

Deno.test("bytes travel in both directions, and the exit code is the last frame", async () => {
  await using it = await serveTerminals();
  it.execs.onStart = (process) => {
    process.print("$ ");
    process.onInput = (text) =>
      text === "exit\r" ? process.exit(3) : process.print(Uint8Array.from(text, (one) => one.charCodeAt(0)));
  };
  await using client = await TerminalClient.open(it.server.url, SHELL);
  await client.shows("$ ");
  client.send(new Uint8Array([0, 3, 27, 128, 255]));
  await client.shows("$ \x00\x03\x1b\x80\xff");
  client.type("exit\r");
  const { code } = await client.end();
  assertEquals([client.frames.at(-1), code], [{ exit: 3 }, 1000]);
});

Deno.test("command, user and size reach the engine, and nothing else does", async () => {
  await using it = await serveTerminals();
  it.execs.onStart = (process) => process.print("started");
  await using client = await TerminalClient.open(
    it.server.url,
    { cmd: ["mysql", "-psecret"], user: "1000" },
    `${TERMINAL}?cols=120&rows=40`,
  );
  await client.shows("started");
  const { Env, DetachKeys, ...body } = it.engine.sent.find(({ path }) => path.endsWith("/exec"))!
    .body as Record<
      string,
      unknown
    >;
  assertEquals(body, {
    ...{ AttachStdin: true, AttachStdout: true, AttachStderr: true, Tty: true, ConsoleSize: [40, 120] },
    ...{ Cmd: ["mysql", "-psecret"], User: "1000" },
  });
  assertMatch(JSON.stringify(Env), /^\["DOCKSTAT_TERMINAL=[0-9a-f-]{36}","TERM=xterm-256color"\]$/);
  // The default keys of engines would hold Ctrl-P back.
  assertMatch(String(DetachKeys), /ctrl-\^/);
});

Deno.test("a resize reaches the engine", async () => {
  await using it = await serveTerminals();
  await using client = await TerminalClient.open(it.server.url, SHELL);
  const process = await eventually("the process", () => it.execs.processes[0]);
  await eventually("the first size", () => process.sizes.includes("80x24"));
  client.send({ resize: [100, 30] });
  await eventually("the second size", () => process.sizes.at(-1) === "100x30");
});

Deno.test("frames that are not valid close the socket with 1008", async () => {
  await using it = await serveTerminals();
  const bad = [
    "{",
    "[]",
    { user: null },
    { cmd: "sh" },
    { cmd: ["a\0b"] },
    { cmd: ["sh"], user: "a\nb" },
    { cmd: ["sh"], cwd: "/proc/self/fd/8" },
    { cmd: Array(300).fill("x") },
    new Uint8Array([1]),
  ];
  for (const frame of bad) {
    await using client = new TerminalClient(it.server.url, TERMINAL);
    await client.frame("the greeting", () => true);
    client.send(frame);
    assertEquals((await client.end()).code, 1008, JSON.stringify(frame));
    assertMatch(client.frames.at(-1).error, /^Cannot use this terminal: the first frame must be/);
  }
  assertEquals(it.execs.processes, []);
});

Deno.test("a size outside of 1 to 500 closes the socket, and the process ends", async () => {
  await using it = await serveTerminals();
  for (const resize of [[0, 1], [501, 1], [1, 1e9], [1.5, 2], [1], "80x24", [-1, 5]]) {
    await using client = await TerminalClient.open(it.server.url, SHELL);
    const process = await eventually("the process", () => it.execs.processes.find(({ running }) => running));
    client.send({ resize });
    assertEquals((await client.end()).code, 1008, JSON.stringify(resize));
    await eventually("the end of the process", () => !process.running);
    assertEquals(process.sizes.filter((size) => size !== "80x24"), []);
  }
});

Deno.test("options outside of their range refuse the upgrade with 400", async () => {
  await using it = await serveTerminals();
  for (
    const query of ["cols=0", "cols=501", "rows=1e2", "rows=-1", "cmd=sh", "user=root", "cols=80&cols=90"]
  ) {
    const { status, detail } = await it.get(`${TERMINAL}?${query}`);
    assertEquals(status, 400, query);
    assertMatch(detail, /^Cannot read the query/);
  }
});

Deno.test("a command that cannot start is named, without showing the runtime's text", async () => {
  await using it = await serveTerminals();
  it.execs.onStart = (process) => {
    process.started = false;
    process.print('OCI runtime exec failed: exec: "sh": executable file not found in $PATH: unknown\r\n');
    process.exit(127);
  };
  for (const [cmd, name] of [[[], "shell"], [["fish"], 'command "fish"']] as const) {
    await using client = await TerminalClient.open(it.server.url, { cmd, user: null });
    await client.end();
    assertEquals(client.frames.slice(1), [
      {
        hostId: "Localhost",
        error: `Container "web" has no ${name}. Enter a command that its image contains.`,
        kind: "command-not-found",
      },
      { exit: 127 },
    ]);
    assertEquals(client.output, "");
  }
});

Deno.test("refusals of the engine are sentences", async () => {
  await using it = await serveTerminals();
  const cases = [
    ["unable to find user bob: no matching entries in passwd file", "user-not-found", /has no user "bob"/],
    ["Container web is paused, unpause the container before exec", "paused", /is paused\. Unpause it/],
    ["Container 0123 is not running", "not-running", /is not running\. Start it/],
    ["quota exceeded", "refused", /^Cannot open a terminal in container "web": quota exceeded$/],
  ] as const;
  for (const [refusal, kind, sentence] of cases) {
    it.execs.refusal = refusal;
    await using client = await TerminalClient.open(it.server.url, { cmd: ["sh"], user: "bob" });
    await client.end();
    const { error, kind: found } = client.frames[1];
    assertEquals(found, kind);
    assertMatch(error, sentence);
  }
});

Deno.test("a container that stops ends its terminal with the reason", async () => {
  await using it = await serveTerminals();
  it.execs.onStart = (process) => process.print("$ ");
  await using client = await TerminalClient.open(it.server.url, SHELL);
  await client.shows("$ ");
  it.execs.inspection = { State: { Running: false } };
  it.execs.processes[0]!.exit(137);
  await client.end();
  assertEquals(client.frames.slice(1).map(({ kind, exit }) => kind ?? exit), ["stopped", 137]);
});

Deno.test("an engine that goes away ends the terminal with the reason, and the operation fails", async () => {
  await using it = await serveTerminals();
  it.execs.onStart = (process) => process.print("$ ");
  it.execs.onKill = () => 1;
  await using client = await TerminalClient.open(it.server.url, SHELL);
  await client.shows("$ ");
  it.execs.processes[0]!.disconnect();
  await client.end();
  assertMatch(client.frames[1].error, /^The engine of host "Localhost" cannot be reached/);
  assertMatch(
    (await endedOperation(it)).error,
    /^The command still runs in container "web": it did not exit/,
  );
});

Deno.test("the record of a terminal names its client, container, user and program, and never its content", async () => {
  await using it = await serveTerminals();
  it.execs.onStart = (process) => process.onInput = () => process.exit(0);
  await using client = await TerminalClient.open(it.server.url, {
    cmd: ["mysql", "-psecret-argument"],
    user: "db",
  });
  await eventually("the process", () => it.execs.processes[0]);
  client.type("secret-input");
  await client.end();
  const operation = await endedOperation(it);
  assertEquals([operation.action, operation.state, operation.target.name], ["executing", "succeeded", "web"]);
  const { output } = await it.get(`/operations/${operation.operation_id}/output`);
  assertEquals(output[0], "Opened by token from 127.0.0.1");
  assertMatch(output[1], /^Container [0-9a-f]{64}, image sha256:a{64}, user db, command mysql$/);
  assertMatch(output[2], /ended after \d+ s, exit code 0, 12 bytes in, 0 bytes out$/);
  const { entries } = await it.get("/audit?action=terminal");
  assertEquals(entries.map(({ status, actor }: { status: number; actor: string }) => [status, actor]), [
    [101, "token"],
    [200, "token"],
  ]);
  const all = JSON.stringify([entries, output, await it.get(`/operations/${operation.operation_id}`)]);
  assert(!all.includes("secret"), all);
});

Deno.test("a terminal takes neither the lock of its project nor a slot of operations", async () => {
  await using it = await serveTerminals({ stacks: { parallel: 1, allowKeys: [] } });
  it.execs.onStart = (process) => process.print("$ ");
  await using first = await TerminalClient.open(it.server.url, SHELL);
  await using second = await TerminalClient.open(it.server.url, SHELL);
  for (const client of [first, second]) await client.shows("$ ");
  const answer = await fetch(`${it.server.url}/containers/Localhost/web/restart?wait=1`, {
    method: "POST",
    headers: { authorization: `Bearer ${TOKEN}` },
  });
  assertEquals((await answer.json()).state, "succeeded");
});

Deno.test("the number of terminals of a session is bounded", async () => {
  await using it = await serveTerminals();
  await using clients = new AsyncDisposableStack();
  for (let count = 0; count < 16; count++) {
    clients.use(await TerminalClient.open(it.server.url, SHELL));
  }
  await eventually("the processes", () => it.execs.processes.length === 16);
  const answer = await fetch(it.server.url + TERMINAL, {
    headers: {
      ...{ authorization: `Bearer ${TOKEN}`, connection: "upgrade", upgrade: "websocket" },
      ...{ "sec-websocket-key": "dGhlIHNhbXBsZSBub25jZQ==", "sec-websocket-version": "13" },
    },
  });
  assertEquals(answer.status, 429);
  assertMatch((await answer.json()).detail, /this session has 16 terminals\. Close one first$/);
});
