import * as v from "valibot";
import { AppError } from "../../server/errors.ts";
import { readBody } from "../../server/http/body.ts";
import { assertEquals, assertRejects, assertStringIncludes } from "../assert.ts";
import { serveStacks } from "../stacks/client.ts";

Deno.test("refuses a body of another type with 415, and one that is too long with 413", async () => {
  await using it = await serveStacks();
  const headers = { authorization: "Bearer a-token-for-tests-only" };
  const text = await fetch(`${it.server.url}/stacks`, { method: "POST", headers, body: "name: web" });
  assertEquals([text.status, (await text.json()).status], [415, 415]);
  const long = await it.call("POST", "/stacks", { name: "web", compose: "#".repeat(1024 * 1024) });
  assertEquals([long.status, long.body.status], [413, 413]);
  // Sent in chunks, so that the length is not announced.
  const chunks = new ReadableStream({
    start: (controller) => {
      for (let i = 0; i < 5; i++) controller.enqueue(new Uint8Array(256 * 1024).fill(0x20));
      controller.close();
    },
  });
  const chunked = await fetch(`${it.server.url}/stacks`, {
    method: "POST",
    headers: { ...headers, "content-type": "application/json" },
    body: chunks,
  });
  assertEquals([chunked.status, (await chunked.json()).status], [413, 413]);
});

const AMOUNT = v.pipe(v.number("a number"), v.maxValue(9, "9 at most"));
const Body = v.strictObject({ name: v.string("the name"), count: v.optional(AMOUNT) });

/** Reads a body of at most 100 bytes, sent with a content type or without one. */
async function read(body: BodyInit, type: string | undefined = "application/json"): Promise<unknown> {
  const request = new Request("http://x", { method: "POST", body });
  if (type === "") request.headers.delete("content-type");
  else request.headers.set("content-type", type);
  return await readBody(request, Body, 100);
}

async function refusal(body: BodyInit, type?: string): Promise<AppError> {
  return await assertRejects(() => read(body, type), AppError);
}

for (
  const type of [
    "application/json",
    "Application/JSON",
    "application/json;charset=utf-8",
    " application/json ; a=b",
  ]
) {
  Deno.test(`reads a body of the type "${type}"`, async () => {
    assertEquals(await read('{"name":"grün 🐳"}', type), { name: "grün 🐳" });
  });
}

for (
  const type of [
    "",
    "text/plain",
    "application/json5",
    "application/problem+json",
    "text/plain;application/json",
  ]
) {
  Deno.test(`refuses a body of the type "${type}"`, async () => {
    assertEquals((await refusal('{"name":"a"}', type)).code, "media-type");
  });
}

Deno.test("refuses an array in place of an object whose keys are all optional", async () => {
  const request = new Request("http://x", {
    method: "PUT",
    headers: { "content-type": "application/json" },
    body: "[]",
  });
  const schema = v.strictObject({ name: v.optional(v.string()) });
  const error = await assertRejects(() => readBody(request, schema, 100), AppError);
  assertEquals(error.issues, [{ path: "the body", message: "found an array: expected an object" }]);
});

Deno.test("accepts a body of the maximum size, and refuses one more byte", async () => {
  const body = (size: number) => `{"name":"a"}${" ".repeat(size - 12)}`;
  assertEquals(await read(body(100)), { name: "a" });
  assertEquals((await refusal(body(101))).code, "too-large");
});

Deno.test("measures a body in bytes, not in characters", async () => {
  assertEquals((await refusal(`{"name":"${"🐳".repeat(25)}"}`)).code, "too-large");
});

Deno.test("stops reading a body at its limit", async () => {
  let [pulled, cancelled] = [0, false];
  const endless = new ReadableStream({
    pull: (controller) => {
      pulled++;
      controller.enqueue(new Uint8Array(60));
    },
    cancel: () => void (cancelled = true),
  }, { highWaterMark: 0 });
  assertEquals((await refusal(endless)).code, "too-large");
  assertEquals([pulled, cancelled], [2, true]);
});

for (
  const [what, body] of [
    ["no text", ""],
    ["half a document", '{"name":'],
    ["two documents", '{"name":"a"}{"name":"b"}'],
    ["a comment", '{"name":"a"} // b'],
    ["half a character", new Uint8Array([0x22, 0xc3, 0x22])],
    ["UTF-16", new Uint8Array([0xff, 0xfe, 0x7b, 0x00, 0x7d, 0x00])],
  ] as const
) {
  Deno.test(`refuses a body of ${what} as malformed`, async () => {
    assertEquals((await refusal(body)).code, "malformed");
  });
}

Deno.test("a malformed body is refused without its text", async () => {
  const { message } = await refusal('{"name": hunter2}');
  assertEquals(message.includes("hunter2"), false);
  assertStringIncludes(message, "it is not JSON");
});

for (
  const [body, ...issues] of [
    ["null", "the body: found nothing: expected an object"],
    ["[]", "the body: found an array: expected an object"],
    ["{}", "name: missing: expected the name"],
    ['{"name":{}}', "name: found an object: expected the name"],
    ['{"name":[]}', "name: found an array: expected the name"],
    ['"text"', "the body: found a text: expected an object"],
    ['{"name":7}', "name: found a number: expected the name"],
    ['{"name":null}', "name: found nothing: expected the name"],
    ['{"name":"a","count":"1"}', "count: found a text: expected a number"],
    ['{"name":"a","count":10}', "count: found 10: expected 9 at most"],
    ['{"name":"a","color":1}', "color: unknown key: allowed are name, count"],
    [
      '{"name":true,"count":false}',
      "name: found a boolean: expected the name",
      "count: found a boolean: expected a number",
    ],
  ] as const
) {
  Deno.test(`refuses the body ${body} with its mistakes`, async () => {
    const error = await refusal(body);
    assertEquals([error.code, ...error.issues.map(({ path, message }) => `${path}: ${message}`)], [
      "invalid",
      ...issues,
    ]);
  });
}

Deno.test("a body cannot set the prototype of what is read", async () => {
  const result = await read('{"name":"a","__proto__":{"count":9}}').catch((error) => error);
  assertEquals(Object.getPrototypeOf(result) === Object.prototype || result instanceof AppError, true);
  assertEquals((result as { count?: unknown }).count, undefined);
});

Deno.test("the value of a key other than the name is not repeated in the refusal", async () => {
  const { message } = await refusal('{"name":"a","count":"hunter2"}');
  assertEquals(message.includes("hunter2"), false);
});
