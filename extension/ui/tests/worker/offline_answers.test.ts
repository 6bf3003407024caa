import { assert, assertEquals } from "../../../../tests/assert.ts";
import { CACHE_PREFIX, OfflineAnswers } from "../../src/worker/offline_answers.ts";

const SCOPE = "https://nas.example/dockstat/";
const ASSET = `${SCOPE}assets/index-CfkmBR-1.js`;
const OURS = { "content-security-policy": "trusted-types dockstat-worker" };

/** Cache in memory. */
class FakeCache {
  readonly stored = new Map<string, Response>();

  match = (url: string) => Promise.resolve(this.stored.get(url)?.clone());
  keys = () => Promise.resolve([...this.stored.keys()].map((url) => new Request(url)));
  delete = ({ url }: Request) => Promise.resolve(this.stored.delete(url));
  put = (url: string, response: Response) => {
    this.stored.set(url, response);
    return Promise.resolve();
  };
}

/** Response as the network returns it, from the page's own origin. */
function basic(text: string, headers: Record<string, string>, status = 200): Response {
  const response = new Response(text, { status, headers });
  const clone = response.clone.bind(response);
  return Object.defineProperties(response, { type: { value: "basic" }, clone: { value: () => clone() } });
}

function request(url: string, { mode = "cors", ...init }: RequestInit = {}): Request {
  return Object.defineProperty(new Request(url, init), "mode", { value: mode });
}

function worker(respond: (request: Request) => Response | Error) {
  const [cache, fetched, events] = [new FakeCache(), [] as string[], [] as string[]];
  const answers = new OfflineAnswers({
    scope: SCOPE,
    caches: {
      open: () => Promise.resolve(cache),
      delete: (name: string) => Promise.resolve(events.push(`delete ${name}`) > 0),
    } as unknown as CacheStorage,
    fetch: (sent) => {
      fetched.push(sent.url);
      const answer = respond(sent);
      return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
    },
    leave: () => Promise.resolve(events.push("leave")),
  });
  return { answers, cache, fetched, events };
}

const immutable = () => basic("export {}", { "cache-control": "private, max-age=31536000, immutable" });

Deno.test("fetches an asset once, and answers from the cache afterwards", async () => {
  const { answers, cache, fetched } = worker(immutable);
  for (const _ of [1, 2]) assertEquals(await (await answers.answer(request(ASSET)))?.text(), "export {}");
  assertEquals([fetched, [...cache.stored.keys()]], [[ASSET], [ASSET]]);
});

for (
  const [text, url, init] of [
    ["data", `${SCOPE}docker/hosts`, {}],
    ["the worker itself", `${SCOPE}sw.js`, {}],
    ["a file without a hash", `${SCOPE}assets/data.json`, {}],
    ["an asset of another path", "https://nas.example/assets/index-CfkmBR-1.js", {}],
    ["an asset below the assets", `${SCOPE}assets/x/index-CfkmBR-1.js`, {}],
    ["an asset with a query", `${ASSET}?token=1`, {}],
    ["a request with a token", ASSET, { headers: { authorization: "Bearer secret" } }],
    ["a change", ASSET, { method: "POST" }],
    ["a part of an asset", ASSET, { headers: { range: "bytes=0-1" } }],
    ["another page", `${SCOPE}contracts/openapi`, { mode: "navigate" }],
  ] as readonly (readonly [string, string, RequestInit])[]
) {
  Deno.test(`leaves ${text} to the browser`, () => {
    const { answers } = worker(immutable);
    assertEquals(answers.answer(request(url, init)), undefined);
  });
}

for (
  const [text, response] of [
    ["a failure", () => basic("", { "cache-control": "immutable" }, 404)],
    ["a file that may change", () => basic("", { "cache-control": "no-cache" })],
    ["an answer of another origin", () => new Response("", { headers: { "cache-control": "immutable" } })],
  ] as const
) {
  Deno.test(`does not store ${text}`, async () => {
    const { answers, cache } = worker(response);
    await answers.answer(request(ASSET));
    assertEquals(cache.stored.size, 0);
  });
}

Deno.test("stores at most 200 assets", async () => {
  const { answers, cache } = worker(immutable);
  for (let index = 0; index < 210; index++) {
    await answers.answer(request(`${SCOPE}assets/x-${String(index).padStart(8, "0")}.js`));
  }
  assertEquals([cache.stored.size, cache.stored.has(`${SCOPE}assets/x-00000009.js`)], [200, false]);
});

Deno.test("opens a page without data while DockStat cannot be reached", async () => {
  const { answers, cache } = worker(() => new TypeError("Failed to fetch"));
  const page = await answers.answer(request(`${SCOPE}#/stacks/12`, { mode: "navigate" }));
  assert((await page?.text())?.includes("Cannot reach DockStat"));
  assertEquals([page?.status, cache.stored.size], [503, 0]);
  assert(page?.headers.get("content-security-policy")?.startsWith("default-src 'none'"));
});

Deno.test("never stores the page", async () => {
  const { answers, cache } = worker(() => basic("<!doctype html>", OURS));
  await answers.answer(request(SCOPE, { mode: "navigate" }));
  assertEquals(cache.stored.size, 0);
});

Deno.test("leaves the address to another program that answers there", async () => {
  const { answers, events } = worker(() => basic("Hello from another program", {}));
  assertEquals(
    await (await answers.answer(request(SCOPE, { mode: "navigate" })))?.text(),
    "Hello from another program",
  );
  assertEquals(events, [`delete ${CACHE_PREFIX}${SCOPE}`, "leave"]);
});

Deno.test("stays while DockStat answers with an error", async () => {
  const { answers, events } = worker(() => basic("Bad gateway", {}, 502));
  await answers.answer(request(SCOPE, { mode: "navigate" }));
  assertEquals(events, []);
});
