import { assert, assertEquals, eventually } from "../../assert.ts";
import { NEW, OLD, openNight, TEXT } from "./scene.ts";

const UNHEALTHY = { updated: { health: "unhealthy" } } as const;

Deno.test("updates a service at night, and keeps the previous digest", async () => {
  await using night = await openNight();
  night.start();
  await eventually("the end", () => night.states()[0] === "done");
  const [update] = night.opened.imageUpdates.all();
  assertEquals([update?.before, update?.after, update?.automatic], [OLD, NEW, true]);
  assertEquals(night.compose.runs.map(({ args }) => args[0]), ["pull", "up"]);
  assertEquals(night.opened.journal.operation(1)?.action, "updating");
});

Deno.test("an update that is unhealthy returns to the previous digest, and reports it", async () => {
  await using night = await openNight(UNHEALTHY);
  night.start();
  await eventually("the return", () => night.states()[0] === "returned");
  assertEquals(night.host.digest, OLD);
  const operations = night.opened.journal.operation(2);
  assertEquals([operations?.action, operations?.state], ["deploying", "succeeded"]);
  assertEquals(night.opened.journal.notes(2)?.warnings, [
    `Service "web" returns from ${NEW.slice(0, 19)} to ${OLD.slice(0, 19)}: the update failed: ` +
    "it is unhealthy or has exited",
  ]);
});

Deno.test("an update that does not become healthy in time returns", async () => {
  await using night = await openNight({ updated: { health: "starting" }, healthyMs: 30 });
  night.start();
  await eventually("the return", () => night.states()[0] === "returned");
  assertEquals(
    night.opened.imageUpdates.all()[0]?.reason,
    "the update failed: it did not become healthy in time",
  );
});

Deno.test("an update whose operation fails after the pull returns", async () => {
  let failed = false;
  await using night = await openNight({
    onRun: (args) => {
      if (args[0] !== "up" || failed) return;
      failed = true;
      night.host.digest = NEW;
      throw new Error("no");
    },
  });
  night.start();
  await eventually("the return", () => night.states()[0] === "returned");
  assertEquals(night.host.digest, OLD);
});

Deno.test("a failed pull changes nothing, and is tried once in a night", async () => {
  let pulls = 0;
  await using night = await openNight({
    onRun: () => {
      pulls++;
      throw new Error("no");
    },
  });
  night.start();
  await eventually("the attempt", () => pulls === 1 && night.states().length === 0);
  await eventually("the end", () => night.opened.runner.all().length === 0);
  assertEquals([night.states(), night.host.digest], [[], OLD]);
});

Deno.test("a server that ends during the check returns the service after its next start", async () => {
  const before = await openNight({ updated: { health: "starting" } });
  before.start();
  await eventually("the check", () => before.states()[0] === "checking");
  await before[Symbol.asyncDispose]();
  await using after = await openNight({
    data: before.data,
    window: undefined,
    initial: [NEW, { health: "unhealthy" }],
  });
  after.start();
  await eventually("the return", () => after.states()[0] === "returned");
  assertEquals(after.host.digest, OLD);
});

Deno.test("a server that ends during the operation of an update continues after its next start", async () => {
  const { promise: held, reject } = Promise.withResolvers<void>();
  const before = await openNight({ onRun: (args) => args[0] === "up" ? held : undefined });
  before.start();
  await eventually("the operation", () => before.compose.runs.length === 2);
  const ended = before[Symbol.asyncDispose]();
  reject(new Error("interrupted"));
  await ended;
  await using after = await openNight({
    data: before.data,
    window: undefined,
    initial: [NEW, { health: "unhealthy" }],
  });
  assertEquals(after.states(), ["updating"]);
  after.start();
  await eventually("the return", () => after.states()[0] === "returned");
});

Deno.test("nothing is updated outside of the window", async () => {
  const hour = new Date().getUTCHours();
  const at = (offset: number) => `${String((hour + offset) % 24).padStart(2, "0")}:00`;
  await using night = await openNight({ window: { from: at(6), to: at(8), zone: "UTC" } });
  await using _nightly = night.start();
  await new Promise((resolve) => setTimeout(resolve, 30));
  assertEquals([night.compose.runs, night.updates.checks], [[], 0]);
});

Deno.test("a service without the policy is not updated, whatever the labels of its container", async () => {
  await using night = await openNight({ text: TEXT.replace("nightly", "notify") });
  night.host.set(OLD, { labels: "dockstat.update=nightly" });
  night.start();
  await eventually("the check", () => night.updates.checks > 0);
  await new Promise((resolve) => setTimeout(resolve, 30));
  assertEquals(night.compose.runs, []);
});

Deno.test("a busy stack is updated once it is free", async () => {
  await using night = await openNight();
  {
    using _hold = night.opened.runner.lock("change", "Localhost", "shop", night.stackId);
    night.start();
    await eventually("the check", () => night.updates.checks > 0);
    assertEquals(night.compose.runs, []);
  }
  await eventually("the end", () => night.states()[0] === "done");
  assert(night.compose.runs.length > 0);
});

Deno.test("an unfinished update on a host that does not answer does not hold up the other stacks", async () => {
  await using night = await openNight();
  const { store, imageUpdates } = night.opened;
  const place = { name: "other", hostId: "Gone", status: "deployed" } as const;
  const { stackId } = await store.create({ ...place, services: [], compose: TEXT, env: undefined });
  const now = Date.now();
  const digests = { image: "busybox:1", before: OLD, after: NEW };
  const open = { automatic: true, state: "checking", startedAt: now, deadline: now } as const;
  imageUpdates.add({ stackId, service: "web", ...digests, ...open });
  night.start();
  await eventually("the other update", () => night.states().includes("done"));
  assertEquals(night.states().sort(), ["checking", "done"]);
});
