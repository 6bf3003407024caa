import { Validator } from "@seriousme/openapi-schema-validator";
import { assert, assertEquals, assertMatch } from "../assert.ts";
import { serveEngines, TOKEN } from "../client.ts";
import { fakeContainer, FakeEngine } from "../fakes/engine.ts";
import { filled, type Json, Served, toAnswer } from "./served.ts";

interface Described {
  readonly method: string;
  readonly path: string;
  readonly operation: Json;
}

/** Lists the operations of a document. */
function operations({ paths }: Json): Described[] {
  return Object.entries<Json>(paths).flatMap(([path, { parameters: _, ...methods }]) =>
    Object.entries(methods).map(([method, operation]) => ({ method: method.toUpperCase(), path, operation }))
  );
}

async function openApi(served: Served): Promise<Json> {
  return (await served.request("GET", "/openapi.json")).body;
}

Deno.test("the document is valid OpenAPI 3.1", async () => {
  await using served = await Served.open(new FakeEngine());
  const { status, type, body } = await served.request("GET", "/openapi.json");
  assertEquals([status, type], [200, "application/json"]);
  assertMatch(body.openapi, /^3\.1\./);
  const { valid, errors } = await new Validator().validate(body);
  assert(valid, JSON.stringify(errors));
});

Deno.test("the document describes exactly the paths and methods of the router", async () => {
  await using served = await Served.open(new FakeEngine());
  const routed = [];
  for (const path of await served.paths()) {
    for (const method of await served.methods(path)) routed.push(`${method} ${path}`);
  }
  const described = operations(await openApi(served)).map(({ method, path }) => `${method} ${path}`);
  assertEquals(described.sort(), routed.sort());
});

Deno.test("the document describes exactly the options of each path", async () => {
  await using served = await Served.open(new FakeEngine());
  for (const { method, path, operation } of operations(await openApi(served))) {
    const described = (operation.parameters ?? []).map(({ name }: Json) => name).sort();
    const accepted = new Set(await served.options(method, path));
    if (path === "/logs/ws") {
      for (const option of await served.options(method, path, "container=web&")) accepted.add(option);
    }
    assertEquals(described, [...accepted].sort(), `${method} ${path}`);
  }
});

Deno.test("the server accepts the documented examples of options", async () => {
  await using served = await Served.open(new FakeEngine(fakeContainer("web")));
  for (const { method, path, operation } of operations(await openApi(served))) {
    for (const { name, example } of operation.parameters ?? []) {
      // Most options of this path are those of container output.
      const of = path === "/logs/ws" && !["level", "container", "project"].includes(name)
        ? "container=web&"
        : "";
      const { status, text } = await served.request(
        method,
        `${filled(path)}?${of}${name}=${[example].flat()[0]}`,
      );
      assert(status !== 400, `${method} ${path}: ${text}`);
    }
  }
});

Deno.test("the document describes exactly the keys of each body", async () => {
  await using served = await Served.open(new FakeEngine());
  const document = await openApi(served);
  await served.request("POST", "/stacks", {
    name: "web",
    compose: "services: {web: {image: a:1}}",
    deploy: false,
  });
  for (const { method, path, operation } of operations(document).filter(({ method }) => method !== "GET")) {
    const { body } = await served.request(method, filled(path), { nonsense: 1 });
    const issue = body?.errors?.find((one: Json) => one.path === "nonsense");
    const accepted = /allowed are (.+)$/.exec(issue?.message)?.[1]?.split(", ");
    const name = operation.requestBody?.content["application/json"]?.schema.$ref.split("/").at(-1);
    // A body of one of several kinds has no keys before its kind is known.
    const properties = name && document.components.schemas[name].properties;
    const described = properties && Object.keys(properties);
    assertEquals(described, accepted, `${method} ${path}`);
  }
});

Deno.test("the document marks exactly the paths that can become sockets", async () => {
  await using served = await Served.open(new FakeEngine(fakeContainer("web")));
  const document = await openApi(served);
  for (const path of await served.paths()) {
    const described = "101" in (document.paths[path].get?.responses ?? {});
    assertEquals(described, await served.isSocket(path), path);
  }
});

Deno.test("exactly the operations that are documented to need the token need it", async () => {
  await using server = await serveEngines({ Localhost: new FakeEngine() });
  const document = await (await fetch(`${server.url}/openapi.json`)).json();
  for (const { method, path, operation } of operations(document)) {
    // Not reachable through a port.
    if (path === "/session") continue;
    const { status } = await toAnswer(await fetch(server.url + filled(path), { method }));
    const schemes: object[] = operation.security;
    const open = schemes.length === 0 || schemes.some((scheme) => Object.keys(scheme).length === 0);
    assertEquals(status === 401, !open, `${method} ${path}`);
    // These need no credential, but refuse a wrong one.
    const signsIn = ["signIn", "getAbout"].includes(operation.operationId);
    assertEquals("401" in operation.responses, schemes.length > 0 || signsIn, `${method} ${path}`);
  }
});

Deno.test("the server accepts the token through every documented scheme", async () => {
  await using server = await serveEngines({ Localhost: new FakeEngine() });
  const { components: { securitySchemes: { bearer } } } = await (await fetch(`${server.url}/openapi.json`))
    .json();
  const body = JSON.stringify({ token: TOKEN });
  const signIn = { method: "POST", headers: { "content-type": "application/json" }, body };
  const { session } = await (await fetch(`${server.url}/sessions`, signIn)).json();
  for (const secret of [TOKEN, session]) {
    const headers = { authorization: `${bearer.scheme} ${secret}` };
    const { status } = await toAnswer(await fetch(`${server.url}/stacks/1/compose`, { headers }));
    assertEquals(status, 404, JSON.stringify(headers));
  }
});
