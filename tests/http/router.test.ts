import type { AccessLevel } from "../../server/access/access.ts";
import { AppError } from "../../server/errors.ts";
import { type Handler, handlerOf, needOf, type Path, Router } from "../../server/http/router.ts";
import { assertEquals, assertThrows } from "../assert.ts";

const answer: Handler = () => new Response("ok");

const PATHS: Readonly<Record<string, Path>> = {
  "/": { need: "nothing", GET: answer },
  "/stacks": { GET: answer, POST: answer },
  "/stacks/validate": { POST: answer, reads: true },
  "/stacks/{id}": { GET: answer, PUT: answer, DELETE: answer },
  "/stacks/{id}/{command}": { POST: answer },
  "/sessions": {
    need: "secrets",
    needs: { POST: "nothing", DELETE: "secrets" },
    GET: answer,
    POST: answer,
    DELETE: answer,
  },
  "/containers/{id}": { need: "secrets", GET: answer, PATCH: answer, DELETE: answer },
  "/sockets": { channel: "unix", POST: answer },
  "/logs/ws": { need: (url) => url.searchParams.has("container") ? "secrets" : "view", GET: answer },
};
const router = new Router(PATHS);

/** Returns the pattern that a path matches, and its parameters. */
function found(pathname: string): readonly [string | undefined, object] {
  const route = router.find(pathname);
  const pattern = Object.keys(PATHS).find((one) => PATHS[one] === route?.path);
  return [pattern, route?.params ?? {}];
}

for (
  const [pathname, pattern, params] of [
    ["/", "/", {}],
    ["/stacks", "/stacks", {}],
    ["/stacks/7", "/stacks/{id}", { id: "7" }],
    ["/stacks/validate", "/stacks/validate", {}],
    ["/stacks/7/deploy", "/stacks/{id}/{command}", { id: "7", command: "deploy" }],
    ["/stacks/a%2Fb", "/stacks/{id}", { id: "a/b" }],
    ["/stacks/%E0%A4%A", "/stacks/{id}", { id: "%E0%A4%A" }],
    ["/stacks/__proto__", "/stacks/{id}", { id: "__proto__" }],
    ["/stacks/", undefined, {}],
    ["/stacks/7/", undefined, {}],
    ["/stacks/7/deploy/now", undefined, {}],
    ["/STACKS", undefined, {}],
    ["constructor", undefined, {}],
    ["/{id}", undefined, {}],
  ] as const
) {
  Deno.test(`${pathname} is ${pattern ?? "unknown"}`, () => assertEquals(found(pathname), [pattern, params]));
}

for (
  const [pathname, advice] of [
    ["/stack", 'did you mean "/stacks"?'],
    ["/stacks/", 'did you mean "/stacks"?'],
    ["/sessions/current/now", "/openapi.json lists all paths"],
    ["/logs/all", "try /logs/ws"],
    ["/stacks/7/deploy/now", "/openapi.json lists all paths"],
    ["/nothing-like-it", "/openapi.json lists all paths"],
    ["/socket", "/openapi.json lists all paths"],
  ] as const
) {
  Deno.test(`the error of the unknown path ${pathname} says what to request instead`, () => {
    const error = router.missing(pathname, "tcp");
    assertEquals([error.code, error.message], ["not-found", `Nothing exists at "${pathname}": ${advice}`]);
  });
}

Deno.test("HEAD is answered by GET", () => {
  assertEquals(handlerOf(PATHS["/stacks"]!, "HEAD", "/stacks"), answer);
});

for (
  const [pathname, method, allow, words] of [
    ["/stacks", "PUT", "GET, HEAD, POST", "allowed are GET, HEAD and POST"],
    ["/stacks/validate", "GET", "POST", "allowed is POST"],
    ["/containers/{id}", "PUT", "GET, HEAD, PATCH, DELETE", "allowed are GET, HEAD, PATCH and DELETE"],
    ["/stacks", "get", "GET, HEAD, POST", "Cannot get"],
    ["/stacks", "constructor", "GET, HEAD, POST", "Cannot constructor"],
  ] as const
) {
  Deno.test(`${method} ${pathname} is refused with the allowed methods`, () => {
    const error = assertThrows(() => handlerOf(PATHS[pathname]!, method, pathname), AppError, words);
    assertEquals([error.code, error.headers["allow"]], ["method", allow]);
  });
}

const NEEDS: readonly (readonly [string, string, AccessLevel])[] = [
  ["GET", "/", "nothing"],
  ["HEAD", "/", "nothing"],
  ["GET", "/stacks", "view"],
  ["POST", "/stacks", "change"],
  ["DELETE", "/stacks/7", "change"],
  ["POST", "/stacks/validate", "secrets"],
  ["GET", "/sessions", "secrets"],
  ["POST", "/sessions", "nothing"],
  ["DELETE", "/sessions", "secrets"],
  ["GET", "/logs/ws", "view"],
  ["GET", "/logs/ws?container=web", "secrets"],
  ["GET", "/unknown", "view"],
  ["POST", "/unknown", "view"],
  ["PATCH", "/stacks", "view"],
  ["PATCH", "/containers/web", "change"],
  ["GET", "/containers/web", "secrets"],
  ["PUT", "/stacks", "view"],
];

for (const [method, path, level] of NEEDS) {
  Deno.test(`${method} ${path} needs the level "${level}"`, () => {
    const url = new URL(path, "http://127.0.0.1:9876");
    assertEquals(needOf(router.find(url.pathname), method, url), level);
  });
}
