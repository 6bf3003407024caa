import { AppError } from "../../server/errors.ts";
import { jsonResponse, problemResponse } from "../../server/http/problem.ts";
import { withSecurityHeaders } from "../../server/http/security_headers.ts";
import { addSecret } from "../../server/log/redact.ts";
import { assert, assertEquals } from "../assert.ts";
import { quietLog } from "../fakes/quiet_log.ts";

Deno.test("a refusal is a problem document that no cache keeps", async () => {
  const answer = problemResponse(new AppError("busy", 'Stack "web" is busy'));
  assertEquals([answer.status, answer.headers.get("content-type"), answer.headers.get("cache-control")], [
    409,
    "application/problem+json",
    "no-store",
  ]);
  assertEquals(await answer.json(), {
    type: "about:blank",
    title: "Conflict",
    status: 409,
    detail: 'Stack "web" is busy',
  });
});

Deno.test("a refusal of input lists each mistake with its place", async () => {
  const issues = [{ path: "compose", line: 2, column: 3, message: "expected a service" }];
  const { errors } = await problemResponse(new AppError("invalid", "no", { issues })).json();
  assertEquals(errors, issues);
});

Deno.test("a refusal carries its headers", () => {
  const answer = problemResponse(new AppError("method", "no", { headers: { allow: "GET" } }));
  assertEquals([answer.status, answer.headers.get("allow")], [405, "GET"]);
});

Deno.test("a secret in a refusal is redacted", async () => {
  addSecret("a-secret-of-this-test");
  const text = await problemResponse(new AppError("malformed", 'found "a-secret-of-this-test"')).text();
  assert(!text.includes("a-secret-of-this-test"), text);
});

for (const thrown of [new TypeError("secret of the code"), "secret of the code", null, undefined]) {
  Deno.test(`an unexpected ${thrown === null ? "null" : typeof thrown} is reported without its details`, async () => {
    using _log = quietLog();
    const answer = problemResponse(thrown);
    const text = await answer.text();
    assertEquals([answer.status, text.includes("secret of the code")], [500, false]);
  });
}

Deno.test("every response gets the security headers, and keeps the policy of a page", () => {
  const policy = "default-src 'self'";
  const page = withSecurityHeaders(new Response("", { headers: { "content-security-policy": policy } }));
  assertEquals(page.headers.get("content-security-policy"), policy);
  const data = withSecurityHeaders(jsonResponse({}));
  for (
    const [name, value] of [
      ["x-content-type-options", "nosniff"],
      ["cross-origin-resource-policy", "same-origin"],
      ["cross-origin-opener-policy", "same-origin"],
      ["referrer-policy", "no-referrer"],
      ["content-security-policy", "default-src 'none'; frame-ancestors 'none'"],
    ] as const
  ) {
    assertEquals(data.headers.get(name), value);
  }
});
