import { openEngine } from "../../server/docker/docker_engine.ts";
import { AppError } from "../../server/errors.ts";
import { VERSION } from "../../server/version.ts";
import { assertEquals, assertRejects } from "../assert.ts";
import { fakeContainer, idOf } from "../fakes/engine.ts";
import { startHttpEngine } from "../fakes/http_engine.ts";

const SIGNAL = new AbortController().signal;

Deno.test("sends a user agent that Docker Desktop recognizes", async () => {
  const answers = { [`/containers/${idOf("a")}/stats`]: () => Response.json({}) };
  await using fake = startHttpEngine({ answers });
  await using engine = openEngine({ url: fake.url });
  await engine.connect(SIGNAL);
  await engine.stats(idOf("a"), SIGNAL);
  assertEquals([...new Set(fake.seen.map(({ userAgent }) => userAgent))], [
    `Docker-Client/${VERSION} (dockstat)`,
  ]);
});

Deno.test("requests stats singly or as a stream, never both in one request", async () => {
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

Deno.test("returns no stats and no inspection for a removed container", async () => {
  await using fake = startHttpEngine({});
  await using engine = openEngine({ url: fake.url });
  await engine.connect(SIGNAL);
  assertEquals(await engine.stats(idOf("a"), SIGNAL), undefined);
  assertEquals(await engine.inspect(fakeContainer("a"), SIGNAL), undefined);
});

Deno.test("a refusal includes the message of the engine", async () => {
  const answers = {
    "/containers/json": () => Response.json({ message: "client is too old" }, { status: 400 }),
  };
  await using fake = startHttpEngine({ answers });
  await using engine = openEngine({ url: fake.url });
  await engine.connect(SIGNAL);
  const error = await assertRejects(() => engine.list(SIGNAL), AppError, "client is too old");
  assertEquals(error.code, "engine-refused");
});

const UNREACHABLE: readonly (readonly [url: string, reason: string])[] = [
  ["unix:///nonexistent/docker.sock", "connect ENOENT /nonexistent/docker.sock"],
  ["tcp://127.0.0.1:1", "connect ECONNREFUSED 127.0.0.1:1"],
];

for (const [url, reason] of UNREACHABLE) {
  Deno.test(`reports ${url} as unreachable with the system's reason`, async () => {
    await using engine = openEngine({ url });
    const error = await assertRejects(() => engine.connect(SIGNAL), AppError, reason);
    assertEquals(error.code, "engine-unreachable");
  });
}

Deno.test("omits user and password from the address", () => {
  assertEquals(openEngine({ url: "tcp://me:secret@10.0.0.5:2375" }).url, "tcp://10.0.0.5:2375");
});

Deno.test("rejects an answer that is not JSON and stays usable", async () => {
  const answers = { [`/containers/${idOf("a")}/stats`]: () => new Response("<html>") };
  await using fake = startHttpEngine({ answers });
  await using engine = openEngine({ url: fake.url });
  await engine.connect(SIGNAL);
  await assertRejects(() => engine.stats(idOf("a"), SIGNAL), AppError);
  assertEquals((await engine.connect(SIGNAL)).apiVersion, "1.51");
});

Deno.test("sends a request with its body and returns the JSON of the answer", async () => {
  const received: unknown[] = [];
  const answers = {
    "/containers/create": async (_: URL, request: Request) => {
      received.push(request.method, request.headers.get("content-type"), await request.json());
      return Response.json({ Id: "x" }, { status: 201 });
    },
  };
  await using fake = startHttpEngine({ answers });
  await using engine = openEngine({ url: fake.url });
  await engine.connect(SIGNAL);
  const body = { Image: "ö" };
  assertEquals(await engine.call({ method: "POST", path: "/containers/create", body }, SIGNAL), { Id: "x" });
  assertEquals(received, ["POST", "application/json", body]);
});

for (const status of [204, 304]) {
  Deno.test(`a request that is answered with ${status} returns nothing`, async () => {
    const answers = { "/containers/a/stop": () => new Response(null, { status }) };
    await using fake = startHttpEngine({ answers });
    await using engine = openEngine({ url: fake.url });
    await engine.connect(SIGNAL);
    assertEquals(await engine.call({ method: "POST", path: "/containers/a/stop" }, SIGNAL), undefined);
  });
}

Deno.test("a refused request has the message of the engine, or the status of another program", async () => {
  const answers = {
    "/containers/a": () => Response.json({ message: "removal in progress" }, { status: 409 }),
    "/containers/b": () => new Response("Forbidden by proxy", { status: 403 }),
  };
  await using fake = startHttpEngine({ answers });
  await using engine = openEngine({ url: fake.url });
  await engine.connect(SIGNAL);
  const remove = (name: string) => engine.call({ method: "DELETE", path: `/containers/${name}` }, SIGNAL);
  await assertRejects(() => remove("a"), AppError, "removal in progress");
  await assertRejects(() => remove("b"), AppError, "HTTP 403");
  const missing = await assertRejects(() => remove("c"), AppError, "no such thing");
  assertEquals(missing.code, "not-found");
});

Deno.test("reports another program that answers at the address", async () => {
  await using fake = startHttpEngine({
    answers: { "/_ping": () => new Response("<html>", { status: 404 }) },
  });
  await using engine = openEngine({ url: fake.url });
  const error = await assertRejects(
    () => engine.connect(SIGNAL),
    AppError,
    "but not as a container engine does",
  );
  assertEquals(error.code, "engine-refused");
});

Deno.test("events are subscribed to before the first one arrives, and end with their signal", async () => {
  const stop = new AbortController();
  const asked: string[] = [];
  const answers = {
    "/events": ({ searchParams }: URL) => {
      asked.push(searchParams.get("filters") ?? "");
      return new Response(new ReadableStream({ start() {} }));
    },
  };
  await using fake = startHttpEngine({ answers });
  await using engine = openEngine({ url: fake.url });
  await engine.connect(SIGNAL);
  const events = await engine.events(stop.signal, SIGNAL);
  assertEquals(JSON.parse(asked[0]!).type, ["container"]);
  const all = Array.fromAsync(events);
  stop.abort();
  assertEquals(await all, []);
});

/** An engine that answers every path below a container, its list and `/info` with the same text. */
async function connectedTo(answers: Readonly<Record<string, string>>) {
  const fake = startHttpEngine({
    answers: Object.fromEntries(
      Object.entries(answers).map(([path, text]) => [path, () => new Response(text)]),
    ),
  });
  const engine = openEngine({ url: fake.url });
  const info = await engine.connect(SIGNAL);
  return {
    engine,
    info,
    async [Symbol.asyncDispose]() {
      await engine[Symbol.asyncDispose]();
      await fake[Symbol.asyncDispose]();
    },
  };
}

for (const text of ["{}", "null", '"none"', "5", "<html>", "", '{"0":{}}']) {
  Deno.test(`a list that is ${text || "empty text"} is an error and not an empty list`, async () => {
    await using it = await connectedTo({ "/containers/json": text });
    await assertRejects(() => it.engine.list(SIGNAL), AppError);
    await assertRejects(() => it.engine.list(SIGNAL, [idOf("a")]), AppError);
  });
}

Deno.test("a list keeps its entries with a valid id", async () => {
  const entries = [null, 5, "x", [], {}, { Id: 5 }, { Id: "../info" }, {
    Id: idOf("a"),
    Names: 5,
    State: [],
  }];
  await using it = await connectedTo({ "/containers/json": JSON.stringify(entries) });
  assertEquals((await it.engine.list(SIGNAL)).map(({ id }) => id), [idOf("a")]);
});

for (const text of ["null", "[]", '"x"', "{}", '{"State":"running"}', '{"State":{"Status":5}}', "<html>"]) {
  Deno.test(`an inspection that is ${text} is an error`, async () => {
    await using it = await connectedTo({ [`/containers/${idOf("a")}/json`]: text });
    await assertRejects(() => it.engine.inspect(fakeContainer("a"), SIGNAL), AppError);
  });
}

for (const text of ["null", "[]", '"x"', "5", "<html>"]) {
  Deno.test(`stats, output and facts that are ${text} are errors or unknown`, async () => {
    const path = `/containers/${idOf("a")}`;
    await using it = await connectedTo({ [`${path}/stats`]: text, [`${path}/json`]: text });
    await assertRejects(() => it.engine.stats(idOf("a"), SIGNAL), AppError);
    const output = it.engine.output(idOf("a"), { follow: false }, SIGNAL);
    await assertRejects(() => Array.fromAsync(output), AppError);
  });
}

Deno.test("facts of the wrong type count as unknown", async () => {
  const facts = '{"NCPU":"4","MemTotal":[],"OSType":5,"ServerVersion":{},"SystemTime":7}';
  await using it = await connectedTo({ "/info": facts });
  const { cpus, memoryBytes, os, product } = it.info;
  assertEquals([cpus, memoryBytes, os, product], [1, 0, "linux", "Docker"]);
});

Deno.test("events of the wrong shape are left out", async () => {
  const lines = [
    "null",
    "5",
    '"x"',
    "[]",
    '{"Action":"start"}',
    '{"Action":"start","Actor":{"ID":"../info"}}',
    JSON.stringify({ Action: 5, id: idOf("a") }),
    JSON.stringify({ Action: "die", Actor: { ID: idOf("a") } }),
  ];
  await using it = await connectedTo({ "/events": lines.join("\n") });
  const events = await Array.fromAsync(await it.engine.events(SIGNAL, SIGNAL));
  assertEquals(events.map(({ id, action }) => [id, action]), [[idOf("a"), ""], [idOf("a"), "die"]]);
});

Deno.test("a ping returns the offset of the engine's clock", async () => {
  const date = new Date(Date.now() + 3_600_000).toUTCString();
  const answers = { "/_ping": () => new Response("OK", { headers: { "api-version": "1.51", date } }) };
  await using fake = startHttpEngine({ answers });
  await using engine = openEngine({ url: fake.url });
  await engine.connect(SIGNAL);
  assertEquals(Math.round((await engine.ping(SIGNAL) ?? 0) / 3_600_000), 1);
});
