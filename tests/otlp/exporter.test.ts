import { pause } from "../../server/duration.ts";
import { gauge } from "../../server/http/prometheus_text.ts";
import { OtlpExporter, type OtlpParts } from "../../server/otlp/exporter.ts";
import { OutboundClient, type OutboundRequest } from "../../server/outbound/client.ts";
import type { OutboundOutcome } from "../../server/outbound/outcome.ts";
import { serve } from "../../server/serve.ts";
import { assert, assertEquals, assertGreater, eventually } from "../assert.ts";
import { testConfig } from "../client.ts";
import { fakeContainer, FakeEngine } from "../fakes/engine.ts";
import { temporaryFolder } from "../fakes/folder.ts";
import { rawServer } from "../fakes/outbound/raw_server.ts";
import { quietLog } from "../fakes/quiet_log.ts";
import { QUICK } from "../fakes/times.ts";

const MINUTE = 60_000;
const OK: OutboundOutcome = answer(200);

function answer(
  status: number,
  body = "{}",
  headers: Readonly<Record<string, string>> = {},
): OutboundOutcome {
  return { kind: "answered", status, headers, body: new TextEncoder().encode(body) };
}

/** Exports until it has waited as often as there are outcomes, and returns the waits and the requests. */
async function exported(outcomes: readonly (OutboundOutcome | Error)[], changes: Partial<OtlpParts> = {}) {
  using _log = quietLog();
  const waits: number[] = [];
  const requests: OutboundRequest[] = [];
  const exporter = new OtlpExporter({
    settings: { url: "http://otel.example/v1/metrics", headers: {}, everyMs: MINUTE },
    outbound: {
      request: (request) => {
        const outcome = outcomes[requests.push(request) - 1] ?? OK;
        return outcome instanceof Error ? Promise.reject(outcome) : Promise.resolve(outcome);
      },
    },
    metrics: () => Promise.resolve([gauge("a", "A.", [["", 1]])]),
    env: () => undefined,
    instance: "one",
    wait: (ms, signal) => waits.push(ms) < outcomes.length ? Promise.resolve() : pause(1e6, signal),
    ...changes,
  });
  await eventually("all exports", () => waits.length === outcomes.length);
  await exporter[Symbol.asyncDispose]();
  return { waits, requests };
}

Deno.test("a server exports the families of /metrics to a receiver", async () => {
  using folder = temporaryFolder({ key: "s3cret\n" });
  const received: { readonly headers: Headers; readonly path: string; readonly text: string }[] = [];
  const received200 = async (request: Request) => {
    const { headers, url } = request;
    received.push({ headers, path: new URL(url).pathname, text: await request.text() });
    return Response.json({});
  };
  await using receiver = Deno.serve({ port: 0, hostname: "127.0.0.1", onListen() {} }, received200);
  const { port } = receiver.addr;
  const engine = new FakeEngine(fakeContainer("web", { project: "shop", service: "web" }));
  const config = testConfig([{ kind: "docker", id: "Localhost", endpoint: { url: "unix:///none" } }], {
    outbound: { allow: [{ address: "127.0.0.1", port }] },
    otlp: {
      url: `http://127.0.0.1:${port}/v1/metrics`,
      headers: { "x-key": `file:${folder.path("key")}` },
      everyMs: 20,
    },
  });
  await using server = await serve(config, { times: QUICK, openEngine: () => engine });
  // The first exports may come before the engine has answered.
  const point = await eventually(
    "the working set of the container",
    () => received.flatMap(({ text }) => pointsOf(text, "container_memory_working_set_bytes"))[0],
  );
  assertEquals(received[0]!.path, "/v1/metrics");
  assertEquals(received[0]!.headers.get("content-type"), "application/json");
  assertEquals(received[0]!.headers.get("x-key"), "s3cret");
  assert(/^\d+$/.test(point.asInt) && /^\d{19}$/.test(point.timeUnixNano), JSON.stringify(point));
  const attributes = point.attributes.map((
    { key, value }: { key: string; value: { stringValue: string } },
  ) => [key, value.stringValue]);
  const { name, container_label_com_docker_compose_project: project } = Object.fromEntries(attributes);
  assertEquals([name, project], ["web", "shop"]);
  const scraped = await (await fetch(`${server.url}/metrics`)).text();
  const families = [...scraped.matchAll(/^# TYPE (\S+) /gm)].map(([, family]) => family!);
  assertGreater(families.length, 40);
  await eventually(
    "an export with every family of a scrape",
    () => received.some(({ text }) => families.every((family) => text.includes(`"name":"${family}"`))),
  );
});

/** Returns the points of one metric in an export. */
// deno-lint-ignore no-explicit-any -- the test checks individual keys
function pointsOf(text: string, name: string): any[] {
  const [{ scopeMetrics: [{ metrics }] }] = JSON.parse(text).resourceMetrics;
  return metrics.flatMap((metric: { name: string; gauge: { dataPoints: unknown[] } }) =>
    metric.name === name ? metric.gauge.dataPoints : []
  );
}

Deno.test("waits longer after each failure, with a bound, and resumes the interval after a success", async () => {
  const down = { kind: "unreachable", why: "connection" } as const;
  const { waits } = await exported([OK, down, down, down, down, down, OK, down]);
  assertEquals(waits, [1, 1, 2, 4, 5, 5, 1, 1].map((minutes) => minutes * MINUTE));
});

Deno.test("an interval above the bound is not shortened by failures", async () => {
  const settings = { url: "http://otel.example/", headers: {}, everyMs: 60 * MINUTE };
  const { waits } = await exported([OK, { kind: "timeout" }, { kind: "timeout" }], { settings });
  assertEquals(waits, [60, 60, 60].map((minutes) => minutes * MINUTE));
});

Deno.test("waits as long as the receiver asks, with a bound", async () => {
  const busy = (seconds: string) => answer(429, "", { "retry-after": seconds });
  const { waits } = await exported([busy("90"), OK, busy("999999999"), OK, busy("soon")]);
  assertEquals(waits, [1.5, 1, 5, 1, 1].map((minutes) => minutes * MINUTE));
});

const FAILURES: readonly (readonly [what: string, outcome: OutboundOutcome | Error])[] = [
  ["a refused address", { kind: "blocked", why: "loopback" }],
  ["a redirect", { kind: "blocked", why: "redirect" }],
  ["an answer that is too long", { kind: "too-large" }],
  ["another status", answer(401)],
  ["rejected values", answer(200, '{"partialSuccess":{"rejectedDataPoints":"3","errorMessage":"x"}}')],
  ["an unexpected error", new Error("broken")],
];
for (const [what, outcome] of FAILURES) {
  Deno.test(`${what} is a failure, and the export continues`, async () => {
    const { waits } = await exported([outcome, outcome, OK]);
    assertEquals(waits, [1, 2, 1].map((minutes) => minutes * MINUTE));
  });
}

for (
  const body of [
    "",
    "not JSON",
    "[]",
    '{"partialSuccess":{}}',
    '{"partialSuccess":{"rejectedDataPoints":{}}}',
  ]
) {
  Deno.test(`the answer ${JSON.stringify(body)} is a success`, async () => {
    const { waits } = await exported([answer(200, body), answer(200, body), OK]);
    assertEquals(waits, [MINUTE, MINUTE, MINUTE]);
  });
}

for (const reference of ["env:MISSING", "env:DOCKSTAT_TOKEN", "file:/proc/self/environ", "file:/none"]) {
  Deno.test(`sends nothing when ${reference} cannot be read`, async () => {
    const settings = { url: "http://otel.example/", headers: { "x-key": reference }, everyMs: MINUTE };
    const env = (name: string) => name === "DOCKSTAT_TOKEN" ? "token" : undefined;
    const { requests, waits } = await exported([OK, OK], { settings, env });
    assertEquals([requests.length, waits.length], [0, 2]);
  });
}

Deno.test("a value that is not valid in a header is a failure", async () => {
  await using server = rawServer("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}");
  const settings = {
    url: `http://127.0.0.1:${server.port}/`,
    headers: { "x-key": "env:KEY" },
    everyMs: MINUTE,
  };
  const outbound = new OutboundClient({ allow: [{ address: "127.0.0.1", port: server.port }] });
  const { waits } = await exported([OK, OK], { settings, outbound, env: () => "a\u0001b\u{1f600}" });
  assertEquals([waits, server.requests.length], [[MINUTE, 2 * MINUTE], 0]);
});

Deno.test("metrics that cannot be read are a failure", async () => {
  const metrics = () => Promise.reject(new Error("no metrics"));
  const { requests, waits } = await exported([OK, OK], { metrics });
  assertEquals([requests.length, waits], [0, [MINUTE, 2 * MINUTE]]);
});

Deno.test("stops at the first request of an export that fails", async () => {
  const many = gauge("a", "A.", Array.from({ length: 5000 }, (_, index) => ["", index] as const));
  const { requests } = await exported([{ kind: "timeout" }], { metrics: () => Promise.resolve([many]) });
  assertEquals(requests.length, 1);
});

Deno.test("ends while a receiver hangs, and while metrics are read", async () => {
  using _log = quietLog();
  const never = () => new Promise<never>(() => {});
  await using hanging = rawServer("", { keepOpen: true });
  const outbound = new OutboundClient({ allow: [{ address: "127.0.0.1", port: hanging.port }] });
  const settings = { url: `http://127.0.0.1:${hanging.port}/`, headers: {}, everyMs: MINUTE };
  const parts = { settings, outbound, env: () => undefined, instance: "one" };
  const sending = new OtlpExporter({
    ...parts,
    metrics: () => Promise.resolve([gauge("a", "A.", [["", 1]])]),
  });
  await eventually("the request", () => hanging.requests.length === 1);
  await sending[Symbol.asyncDispose]();
  await new OtlpExporter({ ...parts, metrics: never })[Symbol.asyncDispose]();
});
