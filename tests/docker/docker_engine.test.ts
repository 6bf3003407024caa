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
