import { AppError } from "../../../server/errors.ts";
import { FileReader } from "../../../server/kernel/file_reader.ts";
import { ContainerNames, type Filter } from "../../../server/stats/viewer.ts";
import { assert, assertEquals, assertStringIncludes, assertThrows, eventually } from "../../assert.ts";
import { fakeContainer } from "../../fakes/container.ts";
import { FakeEngine } from "../../fakes/engine.ts";
import { FakeKernel } from "../../fakes/kernel.ts";
import { choiceOf, engineOn } from "../../kernel/engine_on.ts";
import { countListeners } from "../listeners.ts";
import { Watch } from "../watch.ts";

function filter(...names: readonly string[]): Filter {
  return { containers: new ContainerNames(names) };
}

/** A feed over a fake machine with running containers, each of which agrees with the engine. */
class Scene implements AsyncDisposable {
  readonly kernel = new FakeKernel();
  readonly reader = new FileReader(this.kernel.mounts, 0);
  watch!: Watch;

  static async open(...names: readonly string[]): Promise<Scene> {
    const scene = new Scene();
    for (const [index, name] of names.entries()) scene.kernel.run(name, 40 + index);
    const containers = names.map((name, index) => fakeContainer(name, { pid: 40 + index }));
    scene.watch = new Watch(engineOn(scene.reader, ...containers), {}, choiceOf(scene.kernel)).subscribe();
    const agreed = `the kernel agrees with the engine for ${names.length} container`;
    await eventually("the kernel", () => scene.watch.feed.reports()[0]?.readerReason.startsWith(agreed));
    return scene;
  }

  get fast() {
    return this.watch.feed.fast;
  }

  get active(): boolean {
    return this.fast.hosts()[0]!.fast.demand.active;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.watch[Symbol.asyncDispose]();
    await this.reader[Symbol.asyncDispose]();
    this.kernel[Symbol.dispose]();
  }
}

Deno.test("reads only while there are viewers", async () => {
  await using scene = await Scene.open("web");
  const leave = new AbortController();
  const { updates } = scene.fast.open(filter("web"), 100, leave.signal);
  assert(scene.active);
  for await (const [update] of updates) {
    assertEquals(update?.facts.container.name, "web");
    leave.abort();
  }
  await eventually("the end", () => !scene.active);
});

Deno.test("a viewer that has left is never added", async () => {
  await using scene = await Scene.open("web");
  const { updates } = scene.fast.open(filter("web"), 100, AbortSignal.abort());
  for await (const _ of updates) assert(false, "no samples");
  assert(!scene.active);
});

Deno.test("reads at most fifty containers of a host so often, and others again when viewers leave", async () => {
  const names = Array.from({ length: 51 }, (_, index) => `c${index}`);
  await using scene = await Scene.open(...names);
  const leave = new AbortController();
  for (let first = 0; first < 50; first += 10) {
    scene.fast.open(filter(...names.slice(first, first + 10)), 100, leave.signal);
  }
  const { message } = assertThrows(() => scene.fast.check(filter("c50")), AppError);
  assertStringIncludes(message, '50 containers of host "Localhost" are read so often already');
  scene.fast.check(filter("c7"));
  leave.abort();
  scene.fast.check(filter("c50"));
});

Deno.test("a viewer that would exceed the limit later falls back", async () => {
  const names = Array.from({ length: 51 }, (_, index) => `c${index}`);
  await using scene = await Scene.open(...names);
  const { engine } = scene.watch;
  const leave = new AbortController();
  const late = { ...engine.containers.get(fakeContainer("c50").id)! };
  engine.put({ ...late, state: "exited", finishedAt: 1 }, "die");
  await eventually("the end", () => scene.watch.states("c50").at(-1) === "exited");
  const { viewer } = scene.fast.open(filter("c50"), 100, leave.signal);
  for (let first = 0; first < 50; first += 10) {
    scene.fast.open(filter(...names.slice(first, first + 10)), 100, leave.signal);
  }
  engine.put({ ...late, startedAt: Date.now() });
  await eventually("the fallback", () => viewer.notice !== undefined);
  assertStringIncludes(viewer.notice!.reason, "are read so often already");
  leave.abort();
});

Deno.test("a removed host leaves no listener with a fast viewer that stays", async () => {
  await using scene = await Scene.open("web");
  const leave = new AbortController();
  const listeners = countListeners(scene.fast.open(filter("web"), 100, leave.signal).viewer.signal);
  const { hosts } = scene.watch.feed;
  hosts.add({ id: "nas", engine: new FakeEngine() });
  assert(listeners() > 0);
  await hosts.remove("nas");
  assertEquals(listeners(), 0);
  leave.abort();
});
