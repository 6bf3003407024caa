import { renderStack } from "../../../server/cli/stacks/show.ts";
import { localTime } from "../../../server/cli/stacks/table.ts";
import type { Stack } from "../../../server/protocol/stacks.ts";
import { assertEquals, assertStringIncludes } from "../../assert.ts";
import { fakeContainer, FakeEngine } from "../../fakes/engine.ts";
import { serveStacks } from "../../stacks/client.ts";
import { deployed, putFile, runCli } from "./client.ts";

const TIME = "2026-08-01T12:00:00.000Z";

const STACK: Stack = {
  ...{ stack_id: 7, name: "shop", hostId: "nas", status: "degraded", pending_changes: true, managed: true },
  services: [{
    ...{ name: "web", state: "exited", health: null, exitCode: 1, containerId: "a".repeat(64) },
    ...{ replicas: 1, wanted: 2 },
    containers: [
      {
        id: "a".repeat(64),
        name: "shop-web-1",
        image: "busybox:1",
        ports: [],
        state: "exited",
        health: null,
        exitCode: 1,
        number: 1,
      },
      {
        id: "b".repeat(64),
        name: "shop-web-2",
        image: "busybox:1",
        ports: [],
        state: "running",
        health: "healthy",
        exitCode: null,
        number: 2,
      },
    ],
  }],
  operation: null,
  last_operation: { operation_id: 3, action: "deploying", state: "failed", ended_at: TIME },
  created_at: TIME,
  updated_at: TIME,
};

Deno.test("shows status, last operation, services with containers, files and versions", () => {
  const version = { version: 2, created_at: TIME, reason: "changed", current: true, deployed_at: null };
  const files = [{ path: "a.env", size: 12, digest: "1", mode: "644" }, {
    path: "b",
    size: null,
    digest: null,
    mode: null,
  }];
  assertEquals(renderStack(STACK, files, [{ ...version, images: [] }]), [
    "Stack            shop",
    "ID               7",
    "Host             nas",
    "Status           degraded, changes not deployed",
    `Last operation   deploying (failed), ${localTime(TIME)}`,
    `Changed          ${localTime(TIME)}`,
    "",
    "Services",
    "  web            1/2",
    "    shop-web-1   exited, exit code 1   aaaaaaaaaaaa",
    "    shop-web-2   running, healthy      bbbbbbbbbbbb",
    "",
    "Files",
    '  "a.env"   12 B',
    '  "b"       missing',
    "",
    "Versions",
    `  2   ${localTime(TIME)}   changed   current`,
  ]);
});

Deno.test("shows a bounded number of files and versions", () => {
  const files = Array.from(
    { length: 25 },
    (_, index) => ({ path: `f${index}`, size: 1, digest: "1", mode: "644" }),
  );
  const versions = Array.from({ length: 9 }, (_, index) => (
    { version: 9 - index, created_at: TIME, reason: "changed", current: false, deployed_at: TIME, images: [] }
  ));
  const lines = renderStack(STACK, files, versions);
  assertEquals(lines.filter((line) => line.startsWith('  "f')).length, 20);
  assertEquals([lines.includes("  and 5 more"), lines.at(-1)?.startsWith("  5 ")], [true, true]);
});

Deno.test("control characters of names are not printed", () => {
  const file = { path: "\x1b]0;x", size: 1, digest: "1", mode: "644" };
  const lines = renderStack({ ...STACK, name: "a\x1b[2J" }, [file], []);
  assertEquals(lines.join("\n").includes("\x1b"), false);
});

Deno.test("show reads the files and versions of a stack", async () => {
  await using it = await serveStacks();
  const id = await deployed(it);
  await putFile(it, `/stacks/${id}/files/config/app.env`, "A=1\n");
  const { code, out, err } = await runCli(it, ["show", "web"]);
  assertEquals([code, err], [0, ""]);
  for (const text of ["web-web-1", '"config/app.env"   4 B', "added config/app.env", "created"]) {
    assertStringIncludes(out, text);
  }
});

Deno.test("show of a project that DockStat did not create has its services only", async () => {
  const container = fakeContainer("byhand-db-1", { project: "byhand", service: "db" });
  await using it = await serveStacks({ engine: new FakeEngine(container) });
  const { code, out } = await runCli(it, ["show", "byhand"]);
  assertEquals(code, 0);
  assertStringIncludes(out, "ID       none: DockStat did not create it\n");
  assertEquals([out.includes("Files"), out.includes("byhand-db-1")], [false, true]);
});
