/** Real answers, held against the document that a client would read. */
import { Ajv2020 } from "ajv/2020";
import { postCommands } from "../../server/protocol/commands.ts";
import { logLines } from "../../server/log/log.ts";
import { assert, assertEquals, assertThrows, eventually } from "../assert.ts";
import { serveEngines, TOKEN } from "../client.ts";
import { fakeContainer, FakeEngine } from "../fakes/engine.ts";
import { COMPOSE } from "../stacks/client.ts";
import { type Answer, type Json, Served, toAnswer } from "./served.ts";

/** Holds answers against a document, and remembers which of its answers it has seen. */
class Reader {
  readonly seen = new Set<string>();
  readonly #ajv = new Ajv2020({ strict: false });

  constructor(readonly document: Json) {}

  /** Whether an answer is one of those that the document tells of. */
  check(method: string, path: string, answer: Answer): void {
    const { status, type, body, text } = answer;
    const pattern = this.#patternOf(path.split("?")[0]!);
    const what = `${method} ${pattern} ${status}`;
    const told = this.document.paths[pattern]?.[method.toLowerCase()]?.responses[status];
    assert(told !== undefined, `${what} is described: ${text}`);
    const { content = { "": {} }, headers = {} } = this.#resolved(told);
    assertEquals(type, Object.keys(content)[0], what);
    for (const name of Object.keys(headers)) assert(answer.headers.has(name), `${what} has ${name}`);
    this.seen.add(what);
    if (body === undefined) return;
    const { schema } = content[type];
    const valid = this.#ajv.validate({ ...schema, components: this.document.components }, body);
    assert(valid, `${what}: ${this.#ajv.errorsText()}: ${text}`);
  }

  /** The answers of success that the document has, but that were not seen. */
  unseen(): string[] {
    return Object.entries<Json>(this.document.paths).flatMap(([path, { parameters: _, ...methods }]) =>
      Object.entries<Json>(methods).flatMap(([method, { responses }]) =>
        Object.keys(responses).filter((status) => status.startsWith("2"))
          .map((status) => `${method.toUpperCase()} ${path} ${status}`)
      )
    ).filter((what) => !this.seen.has(what));
  }

  #patternOf(path: string): string {
    const patterns = Object.keys(this.document.paths);
    const fits = (pattern: string) => new RegExp(`^${pattern.replaceAll(/\{\w+\}/g, "[^/]+")}$`).test(path);
    return patterns.find((pattern) => pattern === path) ?? patterns.find(fits) ?? path;
  }

  #resolved(part: Json): Json {
    return part.$ref === undefined ? part : this.document.components.responses[part.$ref.split("/").at(-1)];
  }
}

const PLAIN = [
  "/docker/stats",
  "/docker/stats?detail=full",
  "/docker/hosts",
  "/logs?tail=5",
  "/logs/ws?tail=5",
  "/metrics",
  "/about",
  "/healthz",
  "/openapi.json",
  "/asyncapi.json",
  "/operations",
  "/operations/1",
  "/operations/1/output",
  "/stacks",
  "/stacks/1",
  "/stacks/1/compose",
];

/** Containers of every kind, one of a project whose files are in a folder. */
function engineOf(folder: string): FakeEngine {
  const web = fakeContainer("web", { project: "byhand", service: "web", health: "healthy" });
  const job = fakeContainer("job", { state: "exited", finishedAt: Date.now() });
  const db = fakeContainer("db", {
    project: "other",
    composeFolder: folder,
    composeFiles: `${folder}/c.yaml`,
  });
  return new FakeEngine(web, job, db);
}

/** A scene in which everything that the document describes can happen. */
class Scene implements AsyncDisposable {
  private constructor(readonly served: Served, readonly reader: Reader, readonly folder: string) {}

  static async open(): Promise<Scene> {
    const folder = Deno.makeTempDirSync({ prefix: "dockstat-adopted-" });
    Deno.writeTextFileSync(`${folder}/c.yaml`, COMPOSE);
    const served = await Served.open(engineOf(folder));
    await eventually(
      "the host",
      async () => (await served.ask("GET", "/docker/hosts")).body[0].state === "up",
    );
    return new Scene(served, new Reader((await served.ask("GET", "/openapi.json")).body), folder);
  }

  /** Asks, and holds the answer against the document. */
  async ask(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer> {
    const answer = await this.served.ask(method, path, body, headers);
    this.reader.check(method, path, answer);
    return answer;
  }

  /** Begins an operation without waiting for its end, and then does wait. */
  async begin(method: string, path: string): Promise<void> {
    const { body } = await this.ask(method, path);
    await this.over(body.operation_id);
  }

  async over(operationId: number): Promise<void> {
    await eventually("the end of the operation", async () => {
      const { body } = await this.served.ask("GET", `/operations/${operationId}`);
      return body.ended_at !== null;
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.served[Symbol.asyncDispose]();
    await Deno.remove(this.folder, { recursive: true });
  }
}

Deno.test("whatever goes well is answered as the document says, and all that it says was seen", async () => {
  await using scene = await Scene.open();
  const { reader, served } = scene;
  logLines.add({ level: "INFO", timestamp: "2026-08-01T12:00:00Z", message: "a", file: "b.ts", line: 1 });
  await scene.ask("POST", "/session", { origin: "file://", protocol: "file:" });
  const { body: { session } } = await scene.ask("POST", "/sessions", { token: TOKEN });
  await scene.ask("GET", "/sessions");
  await scene.ask("DELETE", "/sessions/current", undefined, { authorization: `Bearer ${session}` });
  await scene.ask("DELETE", "/sessions");
  const warned = COMPOSE.replace(":1", "");
  await scene.ask("POST", "/stacks/validate", { compose: warned });
  await scene.ask("POST", "/stacks", { name: "shop", compose: COMPOSE, env: "A=1", deploy: false });
  await scene.ask("PUT", "/stacks/1", { compose: warned });
  await scene.ask("POST", "/stacks/1/accept");
  await scene.ask("POST", "/stacks/adopt", { project: "other", hostId: "Localhost" });
  for (const command of postCommands("stack")) {
    await scene.ask("POST", `/stacks/1/${command}?wait=1`);
    await scene.begin("POST", `/stacks/1/${command}`);
  }
  for (const command of postCommands("project")) {
    await scene.ask("POST", `/projects/Localhost/byhand/${command}?wait=1`);
    await scene.begin("POST", `/projects/Localhost/byhand/${command}`);
  }
  served.compose.work = (_say, _args, signal) =>
    new Promise((resolve) =>
      signal.addEventListener("abort", () => resolve({ code: 130, error: undefined }))
    );
  for (const wait of ["", "?wait=1"]) {
    await scene.ask("POST", "/stacks/1/deploy");
    const { body } = await scene.ask("POST", `/stacks/1/cancel${wait}`);
    await scene.over(body.operation_id);
  }
  for (const path of PLAIN) await scene.ask("GET", path);
  served.compose.work = () => Promise.resolve({ code: 0, error: undefined });
  await scene.ask("DELETE", "/stacks/1?wait=1");
  await scene.begin("DELETE", "/stacks/2?volumes=1");
  // A given token cannot be rotated; tests/routes/sessions.test.ts rotates a stored one.
  assertEquals(reader.unseen(), ["POST /token/rotate 200"]);
});

Deno.test("an answer that the document does not tell of is noticed", async () => {
  await using scene = await Scene.open();
  const answer = await scene.served.ask("GET", "/docker/hosts");
  const broken = { ...answer, body: answer.body.map((host: Json) => ({ ...host, password: "x" })) };
  assertThrows(() => scene.reader.check("GET", "/docker/hosts", broken), Error, "must NOT have additional");
  assertThrows(
    () => scene.reader.check("GET", "/docker/hosts", { ...answer, status: 201 }),
    Error,
    "described",
  );
});

const REFUSED: readonly (readonly [status: number, method: string, path: string, body?: unknown])[] = [
  [400, "GET", "/docker/stats?color=red"],
  [400, "POST", "/stacks", "{"],
  [400, "DELETE", "/stacks/1?volumes=yes"],
  [404, "GET", "/stacks/99"],
  [404, "POST", "/stacks/99/deploy"],
  [404, "PUT", "/stacks/99", { env: "" }],
  [404, "GET", "/operations/99"],
  [404, "GET", "/stacks/99/compose"],
  [404, "POST", "/projects/moon/byhand/stop"],
  [404, "POST", "/stacks/adopt", { project: "none", hostId: "Localhost" }],
  [404, "POST", "/stacks/validate", { compose: COMPOSE, stack_id: 99 }],
  [409, "POST", "/stacks", { name: "shop", compose: COMPOSE }],
  [409, "POST", "/stacks/1/cancel"],
  [409, "POST", "/stacks/adopt", { project: "shop", hostId: "Localhost" }],
  [413, "POST", "/stacks", { name: "web", compose: "#".repeat(1024 * 1024) }],
  [422, "POST", "/stacks", { name: "WRONG" }],
  [422, "PUT", "/stacks/1", { compose: "services: [" }],
  [422, "POST", "/stacks/validate", { compose: "services: {}\nx" }],
  [422, "POST", "/session", { origin: "no origin" }],
];

Deno.test("whatever is refused is refused as the document says", async () => {
  await using scene = await Scene.open();
  await scene.ask("POST", "/stacks", { name: "shop", compose: COMPOSE, deploy: false });
  for (const [status, method, path, body] of REFUSED) {
    assertEquals((await scene.ask(method, path, body)).status, status, `${method} ${path}`);
  }
  const text = await scene.ask("POST", "/stacks", "name: web", { "content-type": "text/yaml" });
  assertEquals(text.status, 415);
});

Deno.test("whoever may not is told so as the document says", async () => {
  await using server = await serveEngines({ Localhost: new FakeEngine() }, {}, { wrongTokens: 1 });
  const reader = new Reader(await (await fetch(`${server.url}/openapi.json`)).json());
  const status = async (method: string, path: string, headers: Record<string, string> = {}) => {
    const answer = await toAnswer(await fetch(server.url + path, { method, headers }));
    reader.check(method, path, answer);
    return answer.status;
  };
  assertEquals(await status("POST", "/stacks"), 401);
  assertEquals(await status("GET", "/docker/stats", { origin: "https://evil.example" }), 403);
  assertEquals(await status("GET", "/healthz", { origin: "https://evil.example" }), 403);
  const wrong = { authorization: `Bearer not-${TOKEN}` };
  assertEquals(await status("GET", "/docker/hosts", wrong), 401);
  assertEquals(await status("GET", "/docker/hosts", wrong), 429);
});
