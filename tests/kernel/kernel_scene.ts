/** A server on a fake machine. */
import { FileReader } from "../../server/kernel/file_reader.ts";
import type { KernelChoice } from "../../server/kernel/open_reader.ts";
import type { Server } from "../../server/serve.ts";
import { assertEquals, eventually } from "../assert.ts";
import { serveEngines, TestClient } from "../client.ts";
import { fakeContainer, FakeEngine } from "../fakes/engine.ts";
import { FakeKernel } from "../fakes/kernel.ts";
import { choiceOf, engineOn } from "./engine_on.ts";

const CLOSE = "/docker/stats?container=web&interval=100ms";

/** A server whose host `Localhost` is read from a fake kernel. */
export class KernelScene implements AsyncDisposable {
  readonly kernel = new FakeKernel();
  readonly reader = new FileReader(this.kernel.mounts);
  engine!: FakeEngine;
  server!: Server;
  #pids = 0;

  /** Starts a server with running containers; its other host, `nas`, is read through an engine. */
  static async open(...names: readonly string[]): Promise<KernelScene> {
    const scene = new KernelScene();
    scene.engine = engineOn(scene.reader, ...names.map((name) => scene.run(name)));
    const openKernel = (id: string): KernelChoice =>
      id === "Localhost" ? choiceOf(scene.kernel) : { reader: undefined, reason: "a test" };
    const engines = { Localhost: scene.engine, nas: new FakeEngine(fakeContainer("remote")) };
    scene.server = await serveEngines(engines, { openKernel });
    await eventually("the kernel", async () => {
      const hosts = await (await fetch(`${scene.server.url}/docker/hosts`)).json();
      return hosts[0].reader === "kernel" && hosts[1].state === "up";
    });
    return scene;
  }

  /** Adds a container to the machine. */
  run(name: string): ReturnType<typeof fakeContainer> {
    const pid = ++this.#pids + 40;
    this.kernel.run(name, pid);
    return fakeContainer(name, { pid });
  }

  /** Opens a socket, with fast readings of the container "web" unless another path is given. */
  client(path = CLOSE): TestClient {
    return new TestClient(this.server.url, path);
  }

  /** Returns the problem document of a refused upgrade. */
  async refusal(query: string): Promise<string> {
    const headers = { connection: "upgrade", upgrade: "websocket", "sec-websocket-version": "13" };
    const key = { "sec-websocket-key": "dGhlIHNhbXBsZSBub25jZQ==" };
    const answer = await fetch(`${this.server.url}/docker/stats?${query}`, {
      headers: { ...headers, ...key },
    });
    assertEquals(answer.status, 400, query);
    return (await answer.json()).detail;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.server[Symbol.asyncDispose]();
    await this.reader[Symbol.asyncDispose]();
    this.kernel[Symbol.dispose]();
  }
}
