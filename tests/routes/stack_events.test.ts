/** Tests for the socket `/stacks`: its options, replays and numbers. */
import { assert, assertEquals, assertMatch } from "../assert.ts";
import { TOKEN } from "../client.ts";
import { FakeCompose } from "../fakes/compose.ts";
import { type ServedStacks, serveStacks, watch } from "../stacks/client.ts";

const deployed = ({ data }: { readonly data?: { readonly status?: string } }) => data?.status === "deployed";

/** Serves stacks whose deployment creates one network. */
async function serveTwo(): Promise<ServedStacks & { readonly ids: readonly number[] }> {
  const compose = new FakeCompose();
  compose.work = (write) => {
    write('{"id":"Network web_default","status":"Created"}');
    return Promise.resolve({ code: 0, error: undefined });
  };
  const it = await serveStacks({ compose });
  await using all = await watch(it.server.url, "?since=0");
  const ids = [];
  for (const name of ["web", "shop"]) {
    const id = await it.create(name);
    ids.push(id);
    await all.frame(name, (frame) => deployed(frame) && frame.data.stack_id === id);
  }
  return { ...it, ids };
}

/** Returns the refusal of an upgrade. */
async function refusal(url: string, query: string): Promise<{ status: number; detail: string }> {
  const answer = await fetch(`${url}/stacks${query}`, {
    headers: {
      ...{ connection: "Upgrade", upgrade: "websocket", authorization: `Bearer ${TOKEN}` },
      ...{ "sec-websocket-version": "13", "sec-websocket-key": "dGhlIHNhbXBsZSBub25jZQ==" },
    },
  });
  return { status: answer.status, detail: (await answer.json()).detail };
}

Deno.test("a replay has every event in order, with its number", async () => {
  await using it = await serveTwo();
  await using client = await watch(it.server.url, "?since=0");
  await client.frame("the last event", (frame) => deployed(frame) && frame.data.stack_id === it.ids[1]);
  const numbers = client.frames.slice(1).map(({ seq }) => seq);
  assertEquals(numbers, numbers.map((_, index) => index + 1));
});

Deno.test("a replay continues after the given number, without a repeated event", async () => {
  await using it = await serveTwo();
  await using first = await watch(it.server.url, "?since=0");
  await first.frame("the last event", (frame) => deployed(frame) && frame.data.stack_id === it.ids[1]);
  const all = first.frames.slice(1);
  await using second = await watch(it.server.url, `?since=${all[2]!.seq}`);
  await second.frame("the last event", (frame) => deployed(frame) && frame.data.stack_id === it.ids[1]);
  assertEquals(second.frames.slice(1), all.slice(3));
});

Deno.test("a number beyond the newest event replays everything, since it is from another data folder", async () => {
  await using it = await serveTwo();
  await using client = await watch(it.server.url, "?since=999999");
  const { seq } = await client.frame("an event", ({ type }) => type !== undefined);
  assertEquals(seq, 1);
});

Deno.test("stack_id limits replayed and new events to one stack", async () => {
  await using it = await serveTwo();
  const [web, shop] = it.ids;
  await using client = await watch(it.server.url, `?since=0&stack_id=${shop}`);
  await it.call("POST", `/stacks/${web}/stop?wait=1`);
  await it.call("POST", `/stacks/${shop}/stop?wait=1`);
  await client.frame("the stop", ({ data }) => data?.status === "stopped");
  assert(client.frames.slice(1).every(({ data }) => data.stack_id === shop));
});

Deno.test("a client without options receives no past events and no numbers", async () => {
  await using it = await serveTwo();
  await using client = await watch(it.server.url);
  await it.call("POST", `/stacks/${it.ids[0]}/stop?wait=1`);
  await client.frame("the stop", ({ data }) => data?.status === "stopped");
  const events = client.frames.slice(1);
  assert(events.every((event) => !("seq" in event)));
  assert(events.every(({ data }) => data.stack_id === it.ids[0]));
});

Deno.test("a wrong option refuses the upgrade and names the option", async () => {
  await using it = await serveStacks();
  for (
    const [query, message] of [
      ["?since=-1", /option "since": found "-1"/],
      ["?since=1e3", /option "since": found "1e3"/],
      ["?since=1&since=2", /option "since": given twice/],
      ["?stack_id=web", /option "stack_id": found "web"/],
      ["?detail=more", /option "detail": found "more": expected full/],
      ["?__proto__=1", /option "__proto__": unknown option: allowed are stack_id, since, detail/],
    ] as const
  ) {
    const { status, detail } = await refusal(it.server.url, query);
    assertEquals(status, 400, query);
    assertMatch(detail, message);
  }
});
