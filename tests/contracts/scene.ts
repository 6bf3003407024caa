/** A server on which everything in the OpenAPI document can happen. */
import { eventually } from "../assert.ts";
import { fakeContainer, FakeEngine } from "../fakes/engine.ts";
import { COMPOSE } from "../stacks/client.ts";
import { type Answer, Served } from "./served.ts";
import { Validator } from "./validator.ts";

/** Creates an engine with containers of every kind, one in a project whose files are in a folder. */
function engineOf(folder: string): FakeEngine {
  const web = fakeContainer("web", { project: "byhand", service: "web", health: "healthy" });
  const job = fakeContainer("job", { state: "exited", finishedAt: Date.now() });
  const db = fakeContainer("db", {
    image: "localhost:1/db",
    project: "other",
    composeFolder: folder,
    composeFiles: `${folder}/c.yaml`,
  });
  const engine = new FakeEngine(web, job, db);
  engine.written.push({ timestamp: "2026-08-01T12:00:00Z", message: "the end", stream: "stdout" });
  let removals = 0;
  // The container is removed twice, to receive both answers.
  engine.onCall = ({ method }) => method === "DELETE" && ++removals === 2 ? engine.destroy("job") : [];
  return engine;
}

/** A server on which everything in the document can happen. */
export class Scene implements AsyncDisposable {
  private constructor(readonly served: Served, readonly validator: Validator, readonly folder: string) {}

  static async open(): Promise<Scene> {
    const folder = Deno.makeTempDirSync({ prefix: "dockstat-adopted-" });
    Deno.writeTextFileSync(`${folder}/c.yaml`, COMPOSE);
    const engine = engineOf(folder);
    const served = await Served.open(engine);
    served.compose.engine = engine;
    await eventually(
      "the host",
      async () => (await served.request("GET", "/docker/hosts")).body[0].state === "up",
    );
    return new Scene(served, new Validator((await served.request("GET", "/openapi.json")).body), folder);
  }

  /** Sends a request and validates the response. */
  async request(
    method: string,
    path: string,
    body?: unknown,
    headers?: Record<string, string>,
  ): Promise<Answer> {
    const answer = await this.served.request(method, path, body, headers);
    this.validator.check(method, path, answer);
    return answer;
  }

  /** Starts an operation, validates the immediate response, and waits until the operation ends. */
  async startAndWait(method: string, path: string): Promise<void> {
    const { body } = await this.request(method, path);
    await this.waitForEnd(body.operation_id);
  }

  async waitForEnd(operationId: number): Promise<void> {
    await eventually("the end of the operation", async () => {
      const { body } = await this.served.request("GET", `/operations/${operationId}`);
      return body.ended_at !== null;
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.served[Symbol.asyncDispose]();
    await Deno.remove(this.folder, { recursive: true });
  }
}
