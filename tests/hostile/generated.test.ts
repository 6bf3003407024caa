/**
 * Tests with more than ten thousand generated inputs, the same in every run. None may end the process, cause an
 * unexpected 5xx, or be refused without a problem document.
 */
import fc from "fast-check";
import * as v from "valibot";
import { parseConfigFile } from "../../server/config/config_file.ts";
import { AppError } from "../../server/errors.ts";
import { Problem } from "../../server/protocol/problem.ts";
import { assert, assertEquals } from "../assert.ts";
import { TOKEN } from "../client.ts";
import { withApp } from "./whole_app.ts";

const SEED = 20_260_801;

/** Checks that a response is successful, or a refusal with a problem document. */
async function checkAnswer(response: Response): Promise<void> {
  assert(response.status < 500, `status ${response.status}`);
  const text = await response.text();
  if (response.status < 400 || text === "") return;
  assertEquals(response.headers.get("content-type"), "application/problem+json");
  assert(v.is(Problem, JSON.parse(text)), text);
  assert(!text.includes(TOKEN));
}

const path = fc.oneof(
  fc.constantFrom(
    "/",
    ...["/docker/stats", "/docker/hosts", "/history", "/logs", "/logs/ws"],
    ...["/healthz", "/stacks", "/stacks/1"],
    "/stacks/1/compose",
    "/stacks/..%2f..%2fetc/deploy",
    "/stacks/validate",
    "/projects/Localhost/web/stop",
    "/operations/1",
    "/containers/Localhost/web",
    ...["/images", "/volumes/Localhost/data", "/prune"],
    "/containers/Localhost/..%2f..%2fvolumes/stop",
    "/..%2f",
    "//evil",
  ),
  fc.string({ unit: "binary", maxLength: 40 }).map((text) => `/${encodeURIComponent(text.toWellFormed())}`),
);
const optionName = fc.oneof(
  fc.constantFrom(
    ...["host", "container", "state", "interval", "detail", "batch", "history", "points"],
    "level",
    "tail",
    "since",
    "stack_id",
    "wait",
    "token",
  ),
  fc.string({ maxLength: 12 }),
);
const optionValue = fc.oneof(
  fc.constantFrom(
    "Localhost",
    "web",
    "running",
    "1s",
    "full",
    "1",
    "10m",
    "../../etc/passwd",
    "%00",
    "NaN",
    "-1",
    "1e9s",
  ),
  fc.string({ unit: "binary", maxLength: 60 }),
);
const query = fc.array(fc.tuple(optionName, optionValue), { maxLength: 5 });
const method = fc.constantFrom("GET", "GET", "GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS");
const headerText = fc.string({ maxLength: 60 }).map((text) => text.replace(/[^\x20-\x7e]/g, "?"));
const headers = fc.dictionary(
  fc.constantFrom(
    "origin",
    "authorization",
    "cookie",
    "sec-websocket-protocol",
    "sec-websocket-key",
    "sec-websocket-version",
    "upgrade",
    "content-length",
    "x-forwarded-host",
    "accept",
  ),
  fc.oneof(
    headerText,
    fc.constantFrom(
      "null",
      "websocket",
      "13",
      "Bearer x",
      "dockstat_session=x",
      "dockstat.v1, token.!!",
      "http://evil.example",
    ),
  ),
  { maxKeys: 5 },
);

Deno.test("4,000 requests to generated paths with generated options", async () => {
  await withApp(async (app) => {
    await fc.assert(
      fc.asyncProperty(method, path, query, async (method, path, query) => {
        const search = new URLSearchParams(
          query.map(([k, value]) => [k.toWellFormed(), value.toWellFormed()]),
        );
        await checkAnswer(
          await app(new Request(`http://127.0.0.1:9876${path}?${search}`, { method }), "127.0.0.1"),
        );
      }),
      { numRuns: 4000, seed: SEED },
    );
  });
});

Deno.test("2,500 requests with generated headers and host names", async () => {
  const name = fc.constantFrom(
    "127.0.0.1",
    "localhost",
    "evil.example",
    "[::1]",
    "127.0.0.1.nip.io",
    "0x7f.1",
  );
  await withApp(async (app) => {
    await fc.assert(
      fc.asyncProperty(method, name, path, headers, async (method, name, path, headers) => {
        const request = new Request(`http://${name}:9876${path}`, {
          method,
          headers: withoutUpgrade(headers),
        });
        const response = await app(request, "10.0.0.1");
        if (name.includes("evil") || name.includes("nip")) assert([400, 413, 421].includes(response.status));
        if (headers["origin"] !== undefined && !headers["origin"].startsWith("http://127")) {
          assert(response.status >= 400);
        }
        await checkAnswer(response);
      }),
      { numRuns: 2500, seed: SEED },
    );
  });
});

/** Prevents complete handshakes, which need a connection that these requests do not have. */
function withoutUpgrade(headers: Record<string, string>): Record<string, string> {
  return headers["sec-websocket-version"] === "13" ? { ...headers, upgrade: "none" } : headers;
}

Deno.test("1,500 generated configuration files are read or refused with their position", async () => {
  const value = fc.letrec((tie) => ({
    any: fc.oneof(
      { maxDepth: 4 },
      fc.constantFrom("unix:///a", "1h", "nas", null, true, 9876, -1, 1e300),
      fc.string({ maxLength: 20 }),
      fc.array(tie("any"), { maxLength: 3 }),
      fc.dictionary(
        fc.constantFrom("hosts", "id", "url", "tls", "listen", "port", "history", "keep", "limits", "x"),
        tie("any"),
        { maxKeys: 4 },
      ),
    ),
  })).any;
  const text = fc.oneof(
    value.map((value) => JSON.stringify(value)),
    fc.string({ unit: "binary", maxLength: 200 }),
  );
  await fc.assert(
    fc.asyncProperty(text, async (text) => {
      try {
        await parseConfigFile(text, "dockstat.yaml");
      } catch (error) {
        assert(error instanceof AppError && error.code === "usage", String(error));
        assert(error.message.startsWith("dockstat.yaml"), error.message);
      }
    }),
    { numRuns: 1500, seed: SEED },
  );
});
