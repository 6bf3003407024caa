/** Engines whose answers have no end: what DockStat reads of them is bounded. */
import { openEngine } from "../../server/docker/docker_engine.ts";
import { AppError } from "../../server/errors.ts";
import { assert, assertEquals, assertRejects } from "../assert.ts";
import { temporaryFolder } from "../fakes/folder.ts";

const SIGNAL = new AbortController().signal;
const MEGABYTE = 1024 * 1024;
/** Largest answer that is read, and the buffers of both sockets. */
const MOST_BYTES = 20 * MEGABYTE;

const OK = "HTTP/1.1 200 OK\r\nApi-Version: 1.51\r\nContent-Length: 2\r\n\r\n{}";
const CHUNKED = "Transfer-Encoding: chunked\r\n\r\n";
/** A chunk of a megabyte, and the same without its frame. */
const CHUNK = `${MEGABYTE.toString(16)}\r\n${"x".repeat(MEGABYTE)}\r\n`;
const PLAIN = "x".repeat(MEGABYTE);

/** The beginning of an answer, and what follows for ever. */
type Endless = readonly [head: string, repeated: string];

/** An engine that answers one path without an end, and counts what it could send. */
class EndlessEngine implements AsyncDisposable {
  sent = 0;
  readonly #folder = temporaryFolder();
  readonly #listener = Deno.listen({ transport: "unix", path: this.#folder.path("docker.sock") });
  readonly url = `unix://${this.#folder.path("docker.sock")}`;
  readonly #serving: Promise<void>;
  readonly #connections = new Set<Deno.Conn>();

  constructor(readonly path: string, readonly endless: Endless) {
    this.#serving = this.#accept();
  }

  async #accept(): Promise<void> {
    const answering: Promise<void>[] = [];
    for await (const connection of this.#listener) {
      this.#connections.add(connection);
      answering.push(this.#answer(connection).catch(() => {}));
    }
    await Promise.all(answering);
  }

  async #answer(connection: Deno.Conn): Promise<void> {
    const buffer = new Uint8Array(4096);
    for (let read = await connection.read(buffer); read !== null; read = await connection.read(buffer)) {
      const [, path = ""] = new TextDecoder().decode(buffer.subarray(0, read)).split(" ");
      if (path.replace(/^\/v[\d.]+/, "").startsWith(this.path)) await this.#pour(connection);
      else await this.#write(connection, OK);
    }
  }

  async #pour(connection: Deno.Conn): Promise<never> {
    const [head, repeated] = this.endless;
    await this.#write(connection, head);
    for (;;) await this.#write(connection, repeated);
  }

  async #write(connection: Deno.Conn, text: string): Promise<void> {
    const bytes = new TextEncoder().encode(text);
    for (let at = 0; at < bytes.length;) {
      const written = await connection.write(bytes.subarray(at));
      at += written;
      this.sent += written;
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#listener.close();
    for (const connection of this.#connections) connection.close();
    await this.#serving;
    this.#folder[Symbol.dispose]();
  }
}

const BODIES: readonly (readonly [what: string, endless: Endless])[] = [
  ["a chunked answer", [`HTTP/1.1 200 OK\r\n${CHUNKED}`, CHUNK]],
  ["an answer until the connection ends", ["HTTP/1.1 200 OK\r\n\r\n", PLAIN]],
  ["an answer of a terabyte", ["HTTP/1.1 200 OK\r\nContent-Length: 1000000000000\r\n\r\n", PLAIN]],
  ["a refusal", [`HTTP/1.1 500 No\r\n${CHUNKED}`, CHUNK]],
  ["a head", ["HTTP/1.1 200 OK\r\n", `X: ${PLAIN}\r\n`]],
];

for (const [what, endless] of BODIES) {
  for (const path of ["/_ping", "/info"]) {
    Deno.test(`${what} without an end at ${path} is cut off`, async () => {
      await using fake = new EndlessEngine(path, endless);
      await using engine = openEngine({ url: fake.url });
      const error = await assertRejects(() => engine.connect(SIGNAL), AppError, "the answer is too large");
      assertEquals(error.code, "engine-unreachable");
      assert(fake.sent < MOST_BYTES, String(fake.sent));
    });
  }
}

const CALLS:
  readonly (readonly [path: string, call: (engine: ReturnType<typeof openEngine>) => Promise<unknown>])[] = [
    ["/containers/json", (engine) => engine.list(SIGNAL)],
    ["/containers/a/stats", (engine) => engine.stats("a", SIGNAL)],
    ["/containers/a/stop", (engine) => engine.call({ method: "POST", path: "/containers/a/stop" }, SIGNAL)],
  ];

for (const [path, call] of CALLS) {
  Deno.test(`an answer without an end at ${path} is cut off`, async () => {
    await using fake = new EndlessEngine(path, [`HTTP/1.1 200 OK\r\n${CHUNKED}`, CHUNK]);
    await using engine = openEngine({ url: fake.url });
    await engine.connect(SIGNAL);
    await assertRejects(() => call(engine), AppError, "the answer is too large");
    assert(fake.sent < MOST_BYTES, String(fake.sent));
  });
}

Deno.test("answers without an end to many requests at once are cut off", async () => {
  await using fake = new EndlessEngine("/containers/", [`HTTP/1.1 200 OK\r\n${CHUNKED}`, CHUNK]);
  await using engine = openEngine({ url: fake.url });
  await engine.connect(SIGNAL);
  const ids = Array.from({ length: 50 }, (_, index) => `c${index}`);
  const answers = await Promise.allSettled(ids.map((id) => engine.stats(id, SIGNAL)));
  const reasons = answers.map((answer) => answer.status === "rejected" ? answer.reason.message : "read");
  assertEquals(new Set(reasons), new Set(["the answer is too large"]));
  // Most of it is in the buffers of the sockets; each connection has two.
  assert(fake.sent < 50 * MEGABYTE, String(fake.sent));
});

Deno.test("a refusal of events without an end is cut off", async () => {
  await using fake = new EndlessEngine("/events", [`HTTP/1.1 500 No\r\n${CHUNKED}`, CHUNK]);
  await using engine = openEngine({ url: fake.url });
  await engine.connect(SIGNAL);
  await assertRejects(() => engine.events(SIGNAL, SIGNAL), AppError, "the answer is too large");
  assert(fake.sent < MOST_BYTES, String(fake.sent));
});

Deno.test("an event without an end is cut off", async () => {
  await using fake = new EndlessEngine("/events", [`HTTP/1.1 200 OK\r\n${CHUNKED}`, CHUNK]);
  await using engine = openEngine({ url: fake.url });
  await engine.connect(SIGNAL);
  const events = await engine.events(SIGNAL, SIGNAL);
  await assertRejects(() => Array.fromAsync(events), AppError, "a line exceeds 1 MiB");
  assert(fake.sent < MOST_BYTES, String(fake.sent));
});

Deno.test("a refused request without an end is cut off", async () => {
  await using fake = new EndlessEngine("/containers/a", [`HTTP/1.1 409 No\r\n${CHUNKED}`, CHUNK]);
  await using engine = openEngine({ url: fake.url });
  await engine.connect(SIGNAL);
  const remove = engine.call({ method: "DELETE", path: "/containers/a" }, SIGNAL);
  await assertRejects(() => remove, AppError, "the answer is too large");
  assert(fake.sent < MOST_BYTES, String(fake.sent));
});
