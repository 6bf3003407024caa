import specification from "@asyncapi/specs/schemas/3.0.0.json" with { type: "json" };
import { Ajv } from "ajv";
import { logLines } from "../../server/log/log.ts";
import { assert, assertEquals, assertGreater } from "../assert.ts";
import { TestClient, TOKEN } from "../client.ts";
import { fakeContainer, FakeEngine } from "../fakes/engine.ts";
import { request, serveStacks } from "../stacks/client.ts";
import { type Json, Served } from "./served.ts";

/** What a reference leads to. */
function resolved(document: Json, { $ref }: { $ref: string }): Json {
  return $ref.slice(2).split("/").reduce((part, key) => part[key], document);
}

/** The channels by their addresses. */
function channels(document: Json): Record<string, Json> {
  return Object.fromEntries(Object.values<Json>(document.channels).map((one) => [one.address, one]));
}

/** Holds frames against a document, and remembers the names of the messages that they were. */
class Reader {
  readonly seen = new Set<string>();
  readonly #ajv = new Ajv({ strict: false });

  constructor(readonly document: Json) {}

  /** Whether all frames of a channel are messages of it. */
  check(address: string, frames: readonly Json[]): void {
    const messages: [string, Json][] = Object.entries(channels(this.document)[address].messages);
    for (const frame of frames) {
      const fits = messages.filter(([, ref]) => this.#isOne(resolved(this.document, ref).payload, frame));
      assertGreater(fits.length, 0, `${address}: ${JSON.stringify(frame)}`);
      for (const [name] of fits) this.seen.add(name);
    }
  }

  #isOne(payload: Json, frame: Json): boolean {
    return this.#ajv.validate({ ...payload, components: this.document.components }, frame);
  }
}

Deno.test("the document is one of AsyncAPI 3.0, and says where it was found", async () => {
  await using served = await Served.open(new FakeEngine());
  const { status, type, body } = await served.ask("GET", "/asyncapi.json");
  assertEquals([status, type, body.asyncapi], [200, "application/json", "3.0.0"]);
  // It brings the schema of schemas along.
  const ajv = new Ajv({ strict: false, validateFormats: false, meta: false, validateSchema: false });
  assert(ajv.validate(specification, body), ajv.errorsText());
  assertEquals([body.servers.here.host, body.servers.here.protocol], ["localhost", "ws"]);
});

Deno.test("everything in it that refers to something refers to something that is there", async () => {
  await using served = await Served.open(new FakeEngine());
  const { body } = await served.ask("GET", "/asyncapi.json");
  let references = 0;
  JSON.stringify(body, (key, value) => {
    if (key !== "$ref") return value;
    references++;
    assert(resolved(body, { $ref: value }) !== undefined, value);
    return value;
  });
  assertGreater(references, 20);
});

Deno.test("it has every socket of the router with every option, and no other", async () => {
  await using served = await Served.open(new FakeEngine(fakeContainer("web")));
  const described = channels((await served.ask("GET", "/asyncapi.json")).body);
  const paths = await served.paths();
  const sockets = await Promise.all(paths.map(async (path) => await served.isSocket(path) ? [path] : []));
  assertEquals(Object.keys(described).sort(), sockets.flat());
  for (const [address, { bindings }] of Object.entries(described)) {
    const taken = new Set(await served.options("GET", address, "", true));
    const ofOutput = address === "/logs/ws"
      ? await served.options("GET", address, "container=web&", true)
      : [];
    for (const option of ofOutput) taken.add(option);
    assertEquals(Object.keys(bindings.ws.query.properties).sort(), [...taken].sort(), address);
  }
});

Deno.test("its examples of options are taken", async () => {
  await using it = await serveStacks({ engine: new FakeEngine(fakeContainer("web")) });
  const { body } = await request(it.server.url, "GET", "/asyncapi.json");
  for (const [address, { bindings }] of Object.entries(channels(body))) {
    for (const [name, { examples }] of Object.entries<Json>(bindings.ws.query.properties)) {
      const of = address === "/logs/ws" && ["host", "since"].includes(name) ? "container=web&" : "";
      await using client = new TestClient(
        it.server.url,
        `${address}?${of}${name}=${examples.flat()[0]}`,
        TOKEN,
      );
      await client.frame("the greeting", ({ message }) => message === "Connection established");
    }
  }
});

Deno.test("whatever is sent is a message of its channel, and every message was seen", async () => {
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
  const batches = await open("/docker/stats", "?batch=1");
  await open("/logs/ws", "");
  const output = await open("/logs/ws", "?container=web&tail=5");
  const events = await open("/stacks", "?since=0");
  await open("/stacks", "?detail=full&since=0");
  logLines.add({ level: "INFO", timestamp: new Date().toISOString(), message: "a", file: "b.ts", line: 1 });
  engine.written.push({ timestamp: new Date().toISOString(), stream: "stdout", message: "hello" });
  await output.frame("its line", ({ message }) => message === "hello");
  it.compose.work = () => Promise.resolve({ code: 1, error: "no" });
  const id = await it.create("shop");
  await events.frame("the failure", ({ type }) => type === "stack-error");
  await it.call("DELETE", `/stacks/${id}?wait=1`);
  for (const client of [stats, detailed]) await client.frame("the container", ({ name }) => name === "web");
  await batches.frame("a batch", (frame) => Array.isArray(frame));
  engine.put(fakeContainer("web", { state: "exited", finishedAt: Date.now() }), "die");
  await output.frame("its end", ({ error }) => typeof error === "string");
  engine.goDown("connection reset");
  await stats.frame("the end of the host", ({ error }) => error === "connection reset");
  const reader = new Reader((await request(it.server.url, "GET", "/asyncapi.json")).body);
  for (const [address, client] of opened) reader.check(address, client.frames);
  assertEquals([...reader.seen].sort(), Object.keys(reader.document.components.messages).sort());
});
