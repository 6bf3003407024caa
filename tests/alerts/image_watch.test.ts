import { assert, assertEquals, eventually } from "../assert.ts";
import { ImageWatch } from "../../server/alerts/image_watch.ts";
import type { ImageUpdate } from "../../server/protocol/images/updates.ts";
import type { Rule } from "../../server/protocol/alerts/rule.ts";
import { fakeContainer } from "../fakes/engine.ts";
import { AlertScene } from "./engine/scene.ts";
import { fakeRule } from "./rules.ts";

const [ONE, TWO, THREE] = ["1", "2", "3"].map((digit) => `sha256:${digit.repeat(64)}`) as [
  string,
  string,
  string,
];
const RULE = fakeRule({ when: { kind: "image" } });

/** A host "nas" with the container "web", whose image a test decides. */
class ImageScene {
  readonly scene = new AlertScene();
  container = fakeContainer("web");
  update: ImageUpdate = this.#updateOf({ state: "newer", newestDigest: TWO });
  readonly watch = new ImageWatch({
    feed: { hostIds: ["nas"], containers: () => [this.container] },
    updates: { list: () => Promise.resolve([this.update]), rounds: 0 },
    tracker: this.scene.tracker,
  });

  constructor(...rules: readonly Rule[]) {
    this.watch.use(rules);
  }

  async set(changes: Partial<ImageUpdate>, ofContainer: Partial<ImageUpdate["containers"][number]> = {}) {
    this.update = this.#updateOf(changes, ofContainer);
    await this.watch.compare();
    this.scene.advance(120_000);
    return this.scene.calls.splice(0);
  }

  #updateOf(changes: Partial<ImageUpdate>, ofContainer: Partial<ImageUpdate["containers"][number]> = {}) {
    const labels = { stackId: null, policy: null, previousDigest: null, undone: null } as const;
    const { id, name } = this.container;
    return {
      ...{ hostId: "nas", image: "nginx:1", state: "newer", reason: null, since: null, checkedAt: null },
      ...{ digest: ONE, newestDigest: TWO, newerTag: null, sourceUrl: null, ...changes },
      containers: [{ id, name, project: null, service: null, ...labels, ...ofContainer }],
    } as ImageUpdate;
  }
}

const newer = (digest: string) => `fired web: The tag "nginx:1" names a newer image, ${digest.slice(0, 19)}`;

Deno.test("a newer image fires once, and is resolved when the container runs it", async () => {
  const it = new ImageScene(RULE);
  assertEquals(await it.set({}), [newer(TWO)]);
  assertEquals(await it.set({}), []);
  assertEquals(await it.set({ state: "current" }), ["recovered web"]);
});

Deno.test("each newer digest fires once", async () => {
  const it = new ImageScene(RULE);
  await it.set({});
  assertEquals(await it.set({ newestDigest: THREE }), [
    "recovered web: A newer image has replaced it",
    newer(THREE),
  ]);
});

Deno.test("a container that is recreated with the old image fires no second alert", async () => {
  const it = new ImageScene(RULE);
  await it.set({});
  for (const one of it.scene.tracker.find(() => true)) it.scene.tracker.end(one, "gone");
  it.container = { ...it.container, id: "b".repeat(64) };
  assertEquals(await it.set({}), ["recovered web: gone"]);
});

Deno.test("an update that was undone fires again, with the reason", async () => {
  const it = new ImageScene(RULE);
  await it.set({});
  const calls = await it.set({}, { undone: "it is unhealthy" });
  assert(calls.at(-1)?.endsWith("whose update was undone: it is unhealthy"), calls.join());
});

Deno.test("a failed check leaves an alert as it is", async () => {
  const it = new ImageScene(RULE);
  await it.set({});
  assertEquals(await it.set({ state: "unknown" }), []);
});

Deno.test("a host that returns leaves an alert as it is", async () => {
  const it = new ImageScene(RULE);
  await it.set({});
  it.scene.watch.up("nas", [it.container], 0);
  it.scene.advance(120_000);
  assertEquals(it.scene.calls, []);
});

Deno.test("a service with the policy ignore fires nothing", async () => {
  assertEquals(await new ImageScene(RULE).set({}, { policy: "ignore" }), []);
});

Deno.test("a rule applies to the containers that it matches", async () => {
  assertEquals(await new ImageScene({ ...RULE, match: { container: "db" } }).set({}), []);
});

Deno.test("a rule of another kind ignores newer images", async () => {
  assertEquals(await new ImageScene(fakeRule()).set({}), []);
});

Deno.test("a tick compares after a check of the registries", async () => {
  const it = new ImageScene(RULE);
  it.watch.tick();
  await eventually("the alert", () => it.scene.calls.length > 0 || (it.scene.tracker.tick(), false));
  await it.watch[Symbol.asyncDispose]();
});
