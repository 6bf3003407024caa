import { accepted, acceptedObject, completed, refusal } from "../../server/docker/answer.ts";
import { parseHead } from "../../server/docker/text/http_head.ts";
import { AppError } from "../../server/errors.ts";
import { assertEquals, assertThrows } from "../assert.ts";

function answer(status: number, text: string) {
  return { head: parseHead(`HTTP/1.1 ${status} Reason`), text };
}

Deno.test("returns the JSON of a successful answer", () => {
  assertEquals(accepted(answer(200, '{"message":"not an error"}')), { message: "not an error" });
  assertEquals(accepted(answer(200, "null")), null);
});

for (
  const [status, text, code, message] of [
    [404, '{"message":"No such container: web"}', "not-found", "No such container: web"],
    [500, '{"message":"driver failed"}', "engine-refused", "driver failed"],
    [409, "{}", "engine-refused", "HTTP 409"],
    [404, '{"message":404}', "not-found", "HTTP 404"],
    [500, '{"message":{"toString":"x"}}', "engine-refused", "HTTP 500"],
    [500, "null", "engine-refused", "HTTP 500"],
    [500, '"text"', "engine-refused", "HTTP 500"],
    [301, '{"__proto__":{"message":"x"}}', "engine-refused", "HTTP 301"],
    [502, "<html>502 Bad Gateway</html>", "engine-refused", "HTTP 502"],
    [404, '{"message":"No su', "not-found", "HTTP 404"],
    [200, "<html>", "engine-refused", "the answer is not JSON"],
    [200, "", "engine-refused", "the answer is not JSON"],
  ] as const
) {
  Deno.test(`an answer ${status} with ${text} fails as ${code} with "${message}"`, () => {
    const error = assertThrows(() => accepted(answer(status, text)), AppError, message);
    assertEquals([error.code, error.message], [code, message]);
  });
}

for (
  const [text, message] of [
    ['{"message":"not for you"}', "not for you"],
    ["<html>", "it answers with HTTP 404, but not as a container engine does"],
    ["{}", "it answers with HTTP 404, but not as a container engine does"],
  ] as const
) {
  Deno.test(`a refusal of what every engine can do, with ${text}, is "${message}"`, () => {
    const error = refusal(answer(404, text));
    assertEquals([error.code, error.message], ["engine-refused", message]);
  });
}

for (const text of ["null", "[]", "[{}]", '"text"', "5", "true"]) {
  Deno.test(`${text} is not an object`, () => {
    assertThrows(() => acceptedObject(answer(200, text)), AppError, "the answer is not an object");
  });
}

Deno.test("a proxy that forbids a call is reported with the calls to allow", () => {
  const page = answer(403, "<html><body><h1>403 Forbidden</h1></body></html>");
  const message =
    "forbids this call (HTTP 403). Allow PING, INFO, EVENTS and CONTAINERS; for stacks and changes";
  assertThrows(() => accepted(page), AppError, message);
  assertEquals(refusal(page).message.includes(message), true);
});

for (
  const [call, shown, further] of [
    [`GET /v1.51/containers/${"a".repeat(64)}/json?size=1`, "GET /containers/{id}/json", ""],
    ["GET /v1.51/nodes", "GET /nodes", "; for this call also NODES, SERVICES and TASKS"],
    [
      `POST /v1.51/containers/${"a".repeat(64)}/exec`,
      "POST /containers/{id}/exec",
      "; for this call also EXEC",
    ],
    ["GET /system/df", "GET /system/df", "; for this call also SYSTEM"],
    [`POST /${"x".repeat(100)}`, `POST /${"x".repeat(74)}`, ""],
  ] as const
) {
  Deno.test(`a proxy that forbids ${shown} is reported with the call and its further access`, () => {
    const page = { ...answer(403, "<html>"), call };
    const message =
      `a proxy in front of the engine forbids ${shown} (HTTP 403). Allow PING, INFO, EVENTS and ` +
      `CONTAINERS; for stacks and changes also POST, IMAGES, NETWORKS and VOLUMES${further}`;
    assertEquals(refusal(page).message, message);
    assertThrows(() => completed(page), AppError, message);
  });
}

Deno.test("a refused API version is reported with how it was chosen", () => {
  const refused = "client version 1.24 is too old. Minimum supported API version is 1.44";
  const body = JSON.stringify({ message: refused });
  assertThrows(
    () => accepted(answer(400, body)),
    AppError,
    `${refused}. DockStat reads the version from the Api-Version header`,
  );
});

Deno.test("an engine that speaks TLS only is reported with the settings", () => {
  const error = refusal(answer(400, "Client sent an HTTP request to an HTTPS server.\n"));
  assertEquals(error.message, "the engine requires TLS: set tls.ca, tls.cert and tls.key for this host");
});

Deno.test("a hostile message of an engine is cut, and loses what moves a cursor or reorders a text", () => {
  const message = `a\u001b[31mred\u202eback\nWARN forged ${"x".repeat(100_000)}`;
  const error = refusal(answer(500, JSON.stringify({ message })));
  assertEquals(error.message.length, 1000);
  assertEquals(error.message.slice(0, 26), "a [31mred back WARN forged");
});
