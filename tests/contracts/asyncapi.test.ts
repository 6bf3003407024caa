import specification from "@asyncapi/specs/schemas/3.0.0.json" with { type: "json" };
import { Ajv } from "ajv";
import { logLines } from "../../server/log/log.ts";
import { assert, assertEquals, assertGreater, eventually } from "../assert.ts";
import { TestClient, TOKEN } from "../client.ts";
import { fakeContainer, FakeEngine } from "../fakes/engine.ts";
import { FakeExecs } from "../terminal/fake_execs.ts";
import { TerminalClient } from "../terminal/client.ts";
import { KernelScene } from "../kernel/kernel_scene.ts";
import { request, serveStacks } from "../stacks/client.ts";
import { filled, type Json, Served } from "./served.ts";

/** Resolves a reference within a document. */
function resolved(document: Json, { $ref }: { $ref: string }): Json {
  return $ref.slice(2).split("/").reduce((part, key) => part[key], document);
}

/** Indexes the channels of a document by address. */
function channels(document: Json): Record<string, Json> {
  return Object.fromEntries(Object.values<Json>(document.channels).map((one) => [one.address, one]));
}

/** Validates frames against a document, and records the names of the messages that occurred. */
class Validator {
  readonly seen = new Set<string>();
  readonly #ajv = new Ajv({ strict: false });

  constructor(readonly document: Json) {}

  /** Throws unless every frame is a message of its channel. */
  check(address: string, frames: readonly Json[]): void {
    const messages: [string, Json][] = Object.entries(channels(this.document)[address].messages);
    for (const frame of frames) {
      const matches = messages.filter(([, ref]) =>
        this.#isValid(resolved(this.document, ref).payload, frame)
      );
      assertGreater(matches.length, 0, `${address}: ${JSON.stringify(frame)}`);
      for (const [name] of matches) this.seen.add(name);
    }
  }

  #isValid(payload: Json, frame: Json): boolean {
    return this.#ajv.validate({ ...payload, components: this.document.components }, frame);
  }
}

Deno.test("the document is valid AsyncAPI 3.0 and names the server that served it", async () => {
  await using served = await Served.open(new FakeEngine());
  const { status, type, body } = await served.request("GET", "/asyncapi.json");
  assertEquals([status, type, body.asyncapi], [200, "application/json", "3.0.0"]);
  // The specification includes the JSON Schema meta-schema.
  const ajv = new Ajv({ strict: false, validateFormats: false, meta: false, validateSchema: false });
  assert(ajv.validate(specification, body), ajv.errorsText());
  assertEquals([body.servers.here.host, body.servers.here.protocol], ["localhost", "ws"]);
});

Deno.test("every reference in the document resolves", async () => {
  await using served = await Served.open(new FakeEngine());
  const { body } = await served.request("GET", "/asyncapi.json");
  let references = 0;
  JSON.stringify(body, (key, value) => {
    if (key !== "$ref") return value;
    references++;
    assert(resolved(body, { $ref: value }) !== undefined, value);
    return value;
  });
  assertGreater(references, 20);
});

Deno.test("the document describes every socket of the router with exactly its options", async () => {
  await using served = await Served.open(new FakeEngine(fakeContainer("web")));
  const described = channels((await served.request("GET", "/asyncapi.json")).body);
  const paths = await served.paths();
  const sockets = await Promise.all(paths.map(async (path) => await served.isSocket(path) ? [path] : []));
  assertEquals(Object.keys(described).sort(), sockets.flat());
  for (const [address, { bindings }] of Object.entries(described)) {
    const accepted = new Set(await served.options("GET", address, "", true));
    const ofOutput = address === "/logs/ws"
      ? await served.options("GET", address, "container=web&", true)
      : [];
    for (const option of ofOutput) accepted.add(option);
    assertEquals(Object.keys(bindings.ws.query.properties).sort(), [...accepted].sort(), address);
  }
});

Deno.test("the server accepts the documented examples of options", async () => {
  await using it = await serveStacks({ engine: new FakeEngine(fakeContainer("web")) });
  const { body } = await request(it.server.url, "GET", "/asyncapi.json");
  for (const [address, { bindings }] of Object.entries(channels(body))) {
    for (const [name, { examples }] of Object.entries<Json>(bindings.ws.query.properties)) {
      const ofOwnLog = ["level", "tail", "container", "project"];
      const ofScan = name === "after" ? "scan=1&" : "";
      const of = address === "/logs/ws" && !ofOwnLog.includes(name) ? `container=web&${ofScan}` : "";
      await using client = new TestClient(
        it.server.url,
        `${filled(address)}?${of}${name}=${examples.flat()[0]}`,
        TOKEN,
      );
      await client.frame("the greeting", ({ message }) => message === "Connection established");
    }
  }
});

Deno.test("every frame is a described message, and every described message occurs", async () => {
  const engine = new FakeEngine(fakeContainer("web"));
  await using it = await serveStacks({ engine });
  await using clients = new AsyncDisposableStack();
  const opened: [address: string, client: TestClient][] = [];
  const open = async (address: string, query: string) => {
    const client = clients.use(new TestClient(it.server.url, address + query, TOKEN));
    await client.frame("the greeting", () => true);
    opened.push([address, client]);
    return client;
  };
  const stats = await open("/docker/stats", "?host=Localhost");
  const detailed = await open("/docker/stats", "?detail=full&history=10m");
  await open("/docker/stats", "?history=24h&points=60");
  const batches = await open("/docker/stats", "?batch=1&hosts=1");
  await open("/logs/ws", "");
  const output = await open("/logs/ws", "?container=web&tail=5");
  const outputs = await open("/logs/ws", "?container=web&batch=1");
  const counted = await open("/logs/ws", "?container=web&histogram=60");
  const events = await open("/stacks", "?since=0");
  await open("/stacks", "?detail=full&since=0");
  logLines.add({ level: "INFO", timestamp: new Date().toISOString(), message: "a", file: "b.ts", line: 1 });
  engine.written.push({ timestamp: new Date().toISOString(), stream: "stdout", message: "hello" });
  await output.frame("the line", ({ message }) => message === "hello");
  await outputs.frame("the batch", (frame) => Array.isArray(frame) && frame[0]?.message === "hello");
  await counted.frame("a bar", ({ from }) => from !== undefined);
  const search = await open("/logs/ws", "?container=web&scan=1&match=hello&histogram=60");
  await search.frame("the end of the search", ({ done }) => done === true);
  // More at once than a queue holds.
  const long = {
    timestamp: new Date().toISOString(),
    stream: "stdout",
    message: "x".repeat(100_000),
  } as const;
  engine.written.push(...Array.from({ length: 100 }, () => long));
  await output.frame("the notice of dropped lines", ({ dropped }) => dropped > 0);
  it.compose.work = () => Promise.resolve({ code: 1, error: "no" });
  const id = await it.create("shop");
  await events.frame("the failure", ({ type }) => type === "stack-error");
  await it.call("DELETE", `/stacks/${id}?wait=1`);
  for (const client of [stats, detailed]) await client.frame("the container", ({ name }) => name === "web");
  await batches.frame("a batch", (frame) => Array.isArray(frame));
  await batches.frame("the host", ({ hostCpuUsage }) => hostCpuUsage === null);
  engine.put(fakeContainer("web", { state: "exited", finishedAt: Date.now() }), "die");
  await output.frame("the end of the container", ({ error }) => typeof error === "string");
  const started = await typeAndFail(it.server.url, engine);
  engine.goDown("connection reset");
  await stats.frame("the failure of the host", ({ error }) => error === "connection reset");
  await using scene = await KernelScene.open("web");
  await using close = scene.client();
  opened.push(["/docker/stats", close]);
  await close.frame("the container", ({ name }) => name === "web");
  scene.engine.goDown("connection reset");
  await close.frame("the fallback", ({ intervalMs }) => intervalMs === 1000);
  const validator = new Validator((await request(it.server.url, "GET", "/asyncapi.json")).body);
  for (const [address, client] of opened) validator.check(address, client.frames);
  for (const { frames, sent } of started) validator.check(TERMINAL_ADDRESS, [...frames, ...sent]);
  assertEquals([...validator.seen].sort(), Object.keys(validator.document.components.messages).sort());
});

const TERMINAL_ADDRESS = "/containers/{hostId}/{id}/terminal";

/** Opens a terminal that runs, and one that fails. */
async function typeAndFail(server: string, engine: FakeEngine): Promise<TerminalClient[]> {
  const execs = new FakeExecs(engine);
  await using typing = await TerminalClient.open(server, { cmd: ["sh"], user: null, flow: true });
  const process = await eventually("the process", () => execs.processes[0]);
  typing.send({ resize: [100, 30] });
  typing.type("a");
  await typing.frame("the acknowledgement", ({ ack }) => ack === 1);
  process.exit(0);
  await typing.end();
  execs.refusal = "unable to find user nobody9";
  await using failing = await TerminalClient.open(server, { cmd: ["sh"], user: "nobody9" });
  await failing.end();
  return [typing, failing];
}
