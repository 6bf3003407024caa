import { assertEquals, assertMatch, eventually } from "../assert.ts";
import { TOKEN } from "../client.ts";
import { type ServedStacks, serveStacks } from "../stacks/client.ts";
import { type Delivery, delivery } from "./delivery.ts";
import { FakeRemotes } from "./fake_remotes.ts";

const COMPOSE = "services:\n  web:\n    image: busybox:1\n";
const REF = { ref: "refs/heads/main" };

interface Hooked extends AsyncDisposable {
  readonly served: ServedStacks;
  readonly remotes: FakeRemotes;
  readonly secret: string;
  readonly token: string;
  readonly send: (
    delivery: Delivery,
  ) => Promise<{ status: number; body: { outcome: string; operation_id: number } }>;
  readonly end: (operationId: number) => Promise<string>;
}

/** Starts a server with a stack from Git that has a webhook and a redeploy token. */
async function hooked(): Promise<Hooked> {
  const remotes = new FakeRemotes({ "compose.yaml": COMPOSE });
  const served = await serveStacks({ options: { remotes } });
  const git = { url: "https://git.example.org/shop.git", branch: "main" };
  await served.call("POST", "/stacks/git?wait=1", { name: "shop", git });
  const { body } = await served.call("PUT", "/stacks/1/git", { webhook: true, token: true });
  const send = async ({ body, headers }: Delivery) => {
    const answer = await fetch(`${served.server.url}/stacks/1/git/webhook`, {
      method: "POST",
      body,
      headers,
    });
    return { status: answer.status, body: await answer.json() };
  };
  return {
    ...{ served, remotes, send, secret: body.webhook_secret, token: body.redeploy_token },
    end: (id) =>
      eventually("the end", async () => {
        const { body } = await served.call("GET", `/operations/${id}`);
        return body.ended_at === null ? undefined : `${body.state}: ${body.messages.at(-1)}`;
      }),
    [Symbol.asyncDispose]: () => served[Symbol.asyncDispose](),
  };
}

for (const host of ["github", "gitea", "gitlab"] as const) {
  Deno.test(`a push webhook of ${host} starts an operation that ends as deployed`, async () => {
    await using hook = await hooked();
    const commit = hook.remotes.push({ "compose.yaml": COMPOSE.replace(":1", ":2") });
    const { status, body } = await hook.send(delivery(host, hook.secret, REF));
    assertEquals([status, body.outcome], [202, "started"]);
    assertEquals(
      await hook.end(body.operation_id),
      `succeeded: Stack deployed from commit ${commit.slice(0, 12)}`,
    );
  });

  Deno.test(`a webhook of ${host} with a wrong secret is refused`, async () => {
    await using hook = await hooked();
    assertEquals((await hook.send(delivery(host, "wrong", REF))).status, 401);
    assertEquals(hook.remotes.fetches, 1);
  });
}

Deno.test("a push without a change ends as unchanged", async () => {
  await using hook = await hooked();
  const { body } = await hook.send(delivery("github", hook.secret, REF));
  assertMatch(await hook.end(body.operation_id), /^succeeded: Nothing has changed/);
});

Deno.test("a changed body does not match its signature", async () => {
  await using hook = await hooked();
  const { body, headers } = delivery("github", hook.secret, REF);
  assertEquals((await hook.send({ body: body + " ", headers })).status, 401);
});

Deno.test("a delivery is taken once, also under another id", async () => {
  await using hook = await hooked();
  const sent = delivery("github", hook.secret, REF);
  assertEquals((await hook.send(sent)).status, 202);
  assertEquals((await hook.send(sent)).status, 409);
  const replayed = { ...sent, headers: { ...sent.headers, "x-github-delivery": "other" } };
  assertEquals((await hook.send(replayed)).status, 409);
});

Deno.test("two long ids of deliveries that begin alike are two deliveries", async () => {
  await using hook = await hooked();
  const statuses = [];
  for (const end of ["a", "b"]) {
    statuses.push((await hook.send(delivery("gitlab", hook.secret, REF, "x".repeat(500) + end))).status);
  }
  assertEquals(statuses, [202, 202]);
});

Deno.test("other branches, tags and events start nothing", async () => {
  await using hook = await hooked();
  for (const ref of ["refs/heads/other", "refs/tags/main", "main", 1, null]) {
    const { status, body } = await hook.send(delivery("github", hook.secret, { ref }));
    assertEquals([status, body.outcome], [200, "ignored"], String(ref));
  }
  const { body, headers } = delivery("github", hook.secret, REF);
  assertEquals((await hook.send({ body, headers: { ...headers, "x-github-event": "ping" } })).status, 200);
  assertEquals(hook.remotes.fetches, 1);
});

Deno.test("ten deliveries a minute are taken", async () => {
  await using hook = await hooked();
  const statuses = [];
  for (let turn = 0; turn < 11; turn++) {
    statuses.push((await hook.send(delivery("github", hook.secret, REF))).status);
  }
  assertEquals(statuses, [...Array(10).fill(202), 429]);
});

Deno.test("a body of more than 1 MiB is refused", async () => {
  await using hook = await hooked();
  const large = delivery("github", hook.secret, { ...REF, text: "x".repeat(1024 * 1024) });
  assertEquals((await hook.send(large)).status, 413);
});

Deno.test("a delivery during an operation is pulled when that has ended", async () => {
  await using hook = await hooked();
  const gate = Promise.withResolvers<void>();
  hook.served.compose.work = async () => {
    await gate.promise;
    return { code: 0, error: undefined };
  };
  await hook.served.call("POST", "/stacks/1/restart");
  const commit = hook.remotes.push({ "compose.yaml": COMPOSE.replace(":1", ":3") });
  const { status, body } = await hook.send(delivery("github", hook.secret, REF));
  assertEquals([status, body.outcome], [202, "queued"]);
  gate.resolve();
  await eventually(
    "the pull",
    async () => (await hook.served.call("GET", "/stacks/1")).body.git.commit === commit,
  );
});

Deno.test("without a webhook, a stack or a signature every delivery is refused alike", async () => {
  await using hook = await hooked();
  const { call, server } = hook.served;
  assertEquals((await hook.send({ body: "{}", headers: {} })).status, 401);
  const answer = await fetch(`${server.url}/stacks/9/git/webhook`, {
    method: "POST",
    ...delivery("github", hook.secret, REF),
  });
  await answer.body?.cancel();
  assertEquals(answer.status, 401);
  await call("PUT", "/stacks/1/git", { webhook: false });
  assertEquals((await hook.send(delivery("github", hook.secret, REF))).status, 401);
});

Deno.test("a rewritten branch is not deployed by a webhook", async () => {
  await using hook = await hooked();
  hook.remotes.push({ "compose.yaml": COMPOSE.replace(":1", ":evil") });
  hook.remotes.forward = false;
  const { body } = await hook.send(delivery("github", hook.secret, REF));
  assertMatch(await hook.end(body.operation_id), /^failed: .*was rewritten/);
  assertEquals((await hook.served.call("GET", "/stacks/1/compose")).body.compose, COMPOSE);
});

Deno.test("the redeploy token redeploys its stack and can do nothing else", async () => {
  await using hook = await hooked();
  const { server: { url }, call } = hook.served;
  const send = async (method: string, path: string, token = hook.token) => {
    const answer = await fetch(url + path, { method, headers: { authorization: `Bearer ${token}` } });
    return { status: answer.status, text: await answer.text() };
  };
  const { status, text } = await send("POST", "/stacks/1/git/redeploy?wait=1");
  assertEquals([status, JSON.parse(text).outcome], [200, "succeeded"]);
  const { paths } = await (await fetch(`${url}/openapi.json`)).json();
  for (const [path, methods] of Object.entries<object>(paths)) {
    for (const method of Object.keys(methods)) {
      const filled = path.replace("{id}", path.includes("/redeploy") ? "2" : "1").replace(/\{\w+\}/g, "x");
      const { status } = await send(method.toUpperCase(), filled);
      if (path !== "/healthz") assertEquals(status >= 400, true, `${method} ${path}: ${status}`);
    }
  }
  assertEquals((await send("POST", "/stacks/1/git/redeploy", TOKEN)).status === 202, false);
  await call("PUT", "/stacks/1/git", { token: false });
  assertEquals([401, 429].includes((await send("POST", "/stacks/1/git/redeploy")).status), true);
});
