import { headingFacts } from "../../../../src/features/containers/detail/heading_facts.ts";
import { assertEquals } from "../../../../../../tests/assert.ts";
import { message } from "../../../fakes/messages.ts";

const RUNS = { restartCount: 0, exitCode: null, oomKilled: null };
const SCOPE = { memoryLimited: true, showHost: false };

const textsOf = (...facts: Parameters<typeof headingFacts>) =>
  headingFacts(...facts).map(({ label, value, rest }) => [label, value, rest].filter(Boolean).join(" "));

Deno.test("shows usage with the limit of a running container", () => {
  assertEquals(textsOf(message({ memoryBytes: 1024, memoryLimitBytes: 2048, cpuUsage: 3.9 }), RUNS, SCOPE), [
    "nginx:1.29",
    "Up 2 hours",
    "CPU 3.90 %",
    "Memory 1.00 KiB of 2.00 KiB",
  ]);
});

Deno.test("an unreadable container has dashes instead of zeros", () => {
  const texts = textsOf(message({ stale: true, cpuUsage: null, memoryBytes: null }), RUNS, SCOPE);
  assertEquals(texts.slice(2), ["CPU –", "Memory –"]);
});

Deno.test("a stopped container has no usage", () => {
  const texts = textsOf(message({ state: "exited", status: "Exited (0) 1 hour ago" }), RUNS, SCOPE);
  assertEquals(texts, ["nginx:1.29", "Exited (0) 1 hour ago"]);
});

Deno.test("names the restarts and, with several hosts, the host", () => {
  const texts = textsOf(message(), { ...RUNS, restartCount: 1 }, { memoryLimited: false, showHost: true });
  assertEquals(texts, [
    "nginx:1.29",
    "Up 2 hours",
    "1 restart",
    "CPU 1.00 %",
    "Memory 100 B",
    "Host Localhost",
  ]);
});

for (
  const [status, shown] of [
    ["Up About a minute (healthy)", "Up 1 minute"],
    ["Up Less than a second (health: starting)", "Up < 1 second"],
    ["Exited (1) About an hour ago", "Exited (1) 1 hour ago"],
    ["Up 2 hours (Paused)", "Up 2 hours"],
  ] as const
) {
  Deno.test(`the status ${status} is shown as ${shown}`, () => {
    assertEquals(textsOf(message({ status }), RUNS, SCOPE)[1], shown);
  });
}

Deno.test("the restarts of a container that restarts now are in its badge only", () => {
  const texts = textsOf(message({ state: "restarting", status: "Restarting (1) 2 seconds ago" }), {
    ...RUNS,
    restartCount: 3,
  }, SCOPE);
  assertEquals(texts, ["nginx:1.29", "Restarting (1) 2 seconds ago"]);
});
