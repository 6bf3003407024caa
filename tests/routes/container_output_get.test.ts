import * as v from "valibot";
import { OutputMessage } from "../../server/protocol/output.ts";
import { assert, assertEquals, eventually } from "../assert.ts";
import { serveEngines, TOKEN } from "../client.ts";
import { fakeContainer, FakeEngine } from "../fakes/engine.ts";

/** A server that knows a container which has written so many lines, and what it answers. */
async function ask(lines: number, query: string): Promise<{ status: number; body: unknown }> {
  const engine = new FakeEngine(fakeContainer("web"));
  const start = Date.now() - 1_000_000;
  for (let n = 0; n < lines; n++) {
    const timestamp = new Date(start + n * 1000).toISOString();
    engine.written.push({ timestamp, message: `line ${n}`, stream: "stdout" });
  }
  await using server = await serveEngines({ Localhost: engine });
  await eventually(
    "the host",
    async () => (await (await fetch(`${server.url}/docker/hosts`)).json())[0].state === "up",
  );
  const headers = { authorization: `Bearer ${TOKEN}` };
  const answer = await fetch(`${server.url}/logs/ws?${query}`, { headers });
  return { status: answer.status, body: await answer.json() };
}

Deno.test("a plain GET gives the newest lines of a container once, oldest first", async () => {
  const { status, body } = await ask(5, "container=web&tail=2");
  assertEquals(status, 200);
  assert(v.is(v.array(OutputMessage), body));
  assertEquals(body.map(({ message }) => message), ["line 3", "line 4"]);
});

Deno.test("without a number it gives the newest 200", async () => {
  const { body } = await ask(250, "container=web");
  assertEquals([(body as unknown[]).length, (body as { message: string }[])[0]?.message], [200, "line 50"]);
});

Deno.test("a tail of none is an empty list", async () => {
  assertEquals((await ask(5, "container=web&tail=0")).body, []);
});

Deno.test("a container that is not there is refused with 404, a wrong option with 400", async () => {
  assertEquals((await ask(0, "container=nobody")).status, 404);
  assertEquals((await ask(0, "container=web&level=WARN")).status, 400);
});

Deno.test("a container of a host that cannot be read is refused with 503 and why, for it may be there", async () => {
  const [up, down] = [new FakeEngine(fakeContainer("web")), new FakeEngine()];
  down.failure = "connect ECONNREFUSED";
  await using server = await serveEngines({ up, down });
  await eventually("both hosts", async () => {
    const hosts = await (await fetch(`${server.url}/docker/hosts`)).json() as { state: string }[];
    return hosts.map(({ state }) => state).join() === "up,down";
  });
  const look = async (query: string) => {
    const headers = { authorization: `Bearer ${TOKEN}` };
    const answer = await fetch(`${server.url}/logs/ws?${query}`, { headers });
    return [answer.status, (await answer.json()).detail];
  };
  const why = 'host "down" cannot be read now (connect ECONNREFUSED)';
  assertEquals(await look("container=x&host=down"), [503, `Cannot find container "x": ${why}`]);
  assertEquals(await look("container=x"), [404, `There is no container "x"; but ${why}`]);
  assertEquals(await look("container=x&host=up"), [404, 'There is no container "x" on host "up"']);
});
