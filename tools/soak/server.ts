/** The server under test: containers come and go, hosts are added and removed, and connections break. */
import { serve } from "../../server/serve.ts";
import { testConfig } from "../../tests/client.ts";
import { FakeCompose } from "../../tests/fakes/compose.ts";
import { fakeContainer, FakeEngine } from "../../tests/fakes/engine.ts";

const CONTAINERS = 100;
/** Containers that are born and die each second. */
const CHURN = 10;
const RECONNECT_MS = 20_000;
/** Interval between the reports of the heap. */
const HEAP_MS = 5000;

const engine = new FakeEngine(
  ...Array.from({ length: CONTAINERS }, (_, index) => fakeContainer(`steady-${index}`)),
);
const compose = new FakeCompose();
compose.engine = engine;
const local = { kind: "docker" as const, id: "Localhost", endpoint: { url: "unix:///none" } };
await using server = await serve(testConfig([local]), {
  compose,
  openEngine: ({ id }) => id === local.id ? engine : new FakeEngine(fakeContainer(`on-${id}`)),
});
const print = (line: string) => Deno.stdout.writeSync(new TextEncoder().encode(`${line}\n`));
print(server.url);

let born = 0;
setInterval(() => {
  for (let each = 0; each < CHURN; each++) {
    engine.put(fakeContainer(`short-${born}`));
    engine.destroy(`short-${born++ - CHURN * 5}`);
  }
}, 1000);
setInterval(() => {
  engine.goDown("connect ECONNREFUSED");
  setTimeout(() => engine.recover(), 500);
}, RECONNECT_MS);
setInterval(() => {
  // Otherwise the records of the fakes count as growth of the server.
  engine.sent.length = compose.runs.length = 0;
  // Started with --expose-gc, so that garbage does not count as growth.
  (globalThis as { readonly gc?: () => void }).gc?.();
  print(String(Deno.memoryUsage().heapUsed));
}, HEAP_MS);
await new Promise(() => {});
