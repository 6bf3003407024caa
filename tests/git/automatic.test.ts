import { assertEquals, eventually } from "../assert.ts";
import { type ServedStacks, serveStacks } from "../stacks/client.ts";
import { FakeRemotes } from "./fake_remotes.ts";

const COMPOSE = "services:\n  web:\n    image: busybox:1\n";
const CHANGED = { "compose.yaml": COMPOSE.replace(":1", ":2") };

interface Scheduled extends AsyncDisposable {
  readonly served: ServedStacks;
  readonly remotes: FakeRemotes;
  /** Lets time pass. */
  readonly advance: (ms: number) => void;
  readonly git: () => Promise<{ readonly commit: string; readonly error: string | null }>;
}

/** Starts a server with a stack from Git that is checked every minute of a clock that only the test moves. */
async function scheduled(): Promise<Scheduled> {
  const remotes = new FakeRemotes({ "compose.yaml": COMPOSE });
  let now = 0;
  const served = await serveStacks({ options: { remotes, gitClock: { tickMs: 5, now: () => now } } });
  const git = { url: "https://git.example.org/shop.git", branch: "main" };
  await served.call("POST", "/stacks/git?wait=1", { name: "shop", git });
  await served.call("PUT", "/stacks/1/git", { schedule: "1m" });
  return {
    ...{ served, remotes },
    advance: (ms) => void (now += ms),
    git: async () => (await served.call("GET", "/stacks/1")).body.git,
    [Symbol.asyncDispose]: () => served[Symbol.asyncDispose](),
  };
}

Deno.test("a schedule deploys a new commit", async () => {
  await using plan = await scheduled();
  const commit = plan.remotes.push(CHANGED);
  plan.advance(60_000);
  await eventually("the pull", async () => (await plan.git()).commit === commit);
  await eventually(
    "the deployment",
    async () => !(await plan.served.call("GET", "/stacks/1")).body.pending_changes,
  );
});

Deno.test("a schedule without a new commit starts no operation", async () => {
  await using plan = await scheduled();
  const before = (await plan.served.call("GET", "/operations")).body.length;
  const asked = plan.remotes.heads;
  plan.advance(60_000);
  await eventually("the check", () => plan.remotes.heads > asked);
  assertEquals((await plan.served.call("GET", "/operations")).body.length, before);
});

Deno.test("a schedule reports a host that does not answer, and that it does again", async () => {
  await using plan = await scheduled();
  plan.remotes.error = new Error("no route");
  plan.advance(60_000);
  await eventually("the error", async () => (await plan.git()).error === "no route");
  plan.remotes.error = undefined;
  plan.advance(60_000);
  await eventually("the end of the error", async () => (await plan.git()).error === null);
});

Deno.test("a schedule leaves a rewritten branch to a person, after one failure", async () => {
  await using plan = await scheduled();
  plan.remotes.push(CHANGED);
  plan.remotes.forward = false;
  plan.advance(60_000);
  await eventually("the refusal", async () => (await plan.git()).error?.includes("was rewritten"));
  const { fetches, heads } = plan.remotes;
  plan.advance(60_000);
  await eventually("the next check", () => plan.remotes.heads > heads);
  assertEquals(plan.remotes.fetches, fetches);
  const { body } = await plan.served.call("POST", "/stacks/1/git/pull?rewritten=1&wait=1");
  assertEquals(body.state, "succeeded");
});

Deno.test("accepts a schedule from one minute to seven days", async () => {
  await using plan = await scheduled();
  const set = async (schedule: unknown) =>
    (await plan.served.call("PUT", "/stacks/1/git", { schedule })).status;
  assertEquals(await Promise.all(["1m", "15m", "7d", null].map(set)), [200, 200, 200, 200]);
  assertEquals(await Promise.all(["59s", "8d", "soon", 15, ""].map(set)), [422, 422, 422, 422, 422]);
});

Deno.test("only stacks from Git have a schedule", async () => {
  await using served = await serveStacks();
  const id = await served.create("plain", { deploy: false });
  assertEquals((await served.call("PUT", `/stacks/${id}/git`, { schedule: "15m" })).status, 404);
  assertEquals((await served.call("POST", `/stacks/${id}/git/pull`)).status, 404);
});
