import { openEngine } from "../../server/docker/docker_engine.ts";
import { compareVersions } from "../../server/docker/negotiate.ts";
import { AppError } from "../../server/errors.ts";
import { VERSION } from "../../server/version.ts";
import { assert, assertEquals, assertRejects } from "../assert.ts";
import { fakeContainer, idOf } from "../fakes/engine.ts";
import { startHttpEngine } from "../fakes/http_engine.ts";

const SIGNAL = new AbortController().signal;

const NEGOTIATIONS: readonly (readonly [offered: string, agreed: string, bursts: boolean])[] = [
  ["1.38", "1.38", false],
  ["1.43", "1.43", false],
  ["1.44", "1.44", true],
  ["1.99", "1.51", true],
  ["", "1.24", false],
];

for (const [apiVersion, agreed, bursts] of NEGOTIATIONS) {
  Deno.test(`an engine of API ${apiVersion || "unknown"} is spoken to in ${agreed}`, async () => {
    await using fake = startHttpEngine({ apiVersion });
    await using engine = openEngine({ url: fake.url });
    const info = await engine.connect(SIGNAL);
    assertEquals([info.apiVersion, info.bursts, info.product], [agreed, bursts, "Docker 1.2.3"]);
    assertEquals(fake.seen.map(({ path }) => path), ["/_ping", "/_ping", `/v${agreed}/info`]);
  });
}

Deno.test("versions are compared by numbers", () => {
  assert(compareVersions("1.9", "1.10") < 0);
  assert(compareVersions("2.0", "1.51") > 0);
  assertEquals(compareVersions("1.44", "1.44"), 0);
});

Deno.test("every request says that it is a client that Docker Desktop knows", async () => {
  const answers = { [`/containers/${idOf("a")}/stats`]: () => Response.json({}) };
  await using fake = startHttpEngine({ answers });
  await using engine = openEngine({ url: fake.url });
  await engine.connect(SIGNAL);
  await engine.stats(idOf("a"), SIGNAL);
  assertEquals([...new Set(fake.seen.map(({ userAgent }) => userAgent))], [
    `Docker-Client/${VERSION} (dockstat)`,
  ]);
});

Deno.test("Podman is known by its headers, and its CPU time relates to the clock", async () => {
  await using fake = startHttpEngine({ apiVersion: "1.41", headers: { "libpod-api-version": "5.0.0" } });
  await using engine = openEngine({ url: fake.url });
  const info = await engine.connect(SIGNAL);
  assertEquals([info.product, info.cpuClock, info.bursts], ["Podman 1.2.3", "clock", false]);
});

Deno.test("numbers are asked for one by one or as a stream, never both in one request", async () => {
  const queries: string[] = [];
  const answer = ({ search }: URL) => {
    queries.push(search);
    return new Response('{"read":"a"}\n{"read":"b"}\n');
  };
  await using fake = startHttpEngine({
    answers: {
      [`/containers/${idOf("a")}/stats`]: answer,
      [`/containers/${idOf("b")}/stats`]: () => Response.json({ read: "x" }),
    },
  });
  await using engine = openEngine({ url: fake.url });
  await engine.connect(SIGNAL);
  const stream = await Array.fromAsync(engine.statsStream(idOf("a"), SIGNAL));
  assertEquals(stream, [{ read: "a" }, { read: "b" }]);
  assertEquals(await engine.stats(idOf("b"), SIGNAL), { read: "x" });
  assertEquals(queries, ["?stream=true"]);
});

Deno.test("a container that is gone has no numbers and no inspection, and is no error", async () => {
  await using fake = startHttpEngine({});
  await using engine = openEngine({ url: fake.url });
  await engine.connect(SIGNAL);
  assertEquals(await engine.stats(idOf("a"), SIGNAL), undefined);
  assertEquals(await engine.inspect(fakeContainer("a"), SIGNAL), undefined);
});

Deno.test("a refusal carries the engine's own words", async () => {
  const answers = {
    "/containers/json": () => Response.json({ message: "client is too old" }, { status: 400 }),
  };
  await using fake = startHttpEngine({ answers });
  await using engine = openEngine({ url: fake.url });
  await engine.connect(SIGNAL);
  const error = await assertRejects(() => engine.list(SIGNAL), AppError, "client is too old");
  assertEquals(error.code, "engine-refused");
});

const UNREACHABLE: readonly (readonly [url: string, words: string])[] = [
  ["unix:///nonexistent/docker.sock", "connect ENOENT /nonexistent/docker.sock"],
  ["tcp://127.0.0.1:1", "connect ECONNREFUSED 127.0.0.1:1"],
];

for (const [url, words] of UNREACHABLE) {
  Deno.test(`${url} is unreachable in the system's words`, async () => {
    await using engine = openEngine({ url });
    const error = await assertRejects(() => engine.connect(SIGNAL), AppError, words);
    assertEquals(error.code, "engine-unreachable");
  });
}

Deno.test("an address is told without user and password", () => {
  assertEquals(openEngine({ url: "tcp://me:secret@10.0.0.5:2375" }).url, "tcp://10.0.0.5:2375");
});

Deno.test("an answer that is no JSON is an error in words, and the engine can be used again", async () => {
  const answers = { [`/containers/${idOf("a")}/stats`]: () => new Response("<html>") };
  await using fake = startHttpEngine({ answers });
  await using engine = openEngine({ url: fake.url });
  await engine.connect(SIGNAL);
  await assertRejects(() => engine.stats(idOf("a"), SIGNAL), AppError);
  assertEquals((await engine.connect(SIGNAL)).apiVersion, "1.51");
});
