import { renderVersions } from "../../../server/cli/stacks/versions.ts";
import { assertEquals, assertMatch, assertStringIncludes } from "../../assert.ts";
import { COMPOSE, serveStacks } from "../../stacks/client.ts";
import { deployed, runCli } from "./client.ts";

Deno.test("lists versions with their reason and deployment, newest first", async () => {
  await using it = await serveStacks();
  const id = await deployed(it);
  await it.call("PUT", `/stacks/${id}`, { env: "A=1\n" });
  const { code, out } = await runCli(it, ["versions", "web"]);
  assertEquals(code, 0);
  const time = "\\d{4}-\\d{2}-\\d{2} \\d{2}:\\d{2}:\\d{2}";
  assertMatch(
    out,
    new RegExp(
      `^VERSION +SAVED +REASON +DEPLOYED +CURRENT\n2 +${time} +changed +- +yes\n1 +${time} +created +${time}\n$`,
    ),
  );
});

Deno.test("--restore stores a version again and deploys nothing", async () => {
  await using it = await serveStacks();
  const id = await deployed(it);
  const text = `${COMPOSE}    restart: always\n`;
  await it.call("PUT", `/stacks/${id}?wait=1`, { compose: text, deploy: true });
  const runs = it.compose.runs.length;
  const { code, out } = await runCli(it, ["versions", "web", "--restore", "1"]);
  assertEquals([code, it.compose.runs.length], [0, runs]);
  assertStringIncludes(out, 'Restored version 1 of stack "web" (ID 1) on host "Localhost"\nNot deployed yet');
  assertEquals((await it.call("GET", `/stacks/${id}/compose`)).body.compose, COMPOSE);
});

Deno.test("--restore of a missing version fails", async () => {
  await using it = await serveStacks();
  await deployed(it);
  const { code, err } = await runCli(it, ["versions", "web", "--restore", "9"]);
  assertEquals([code, err], [1, 'dockstat: Stack "1" has no version 9\n']);
});

Deno.test("a reason cannot move the cursor", () => {
  const version = { version: 1, created_at: "2026-08-01T12:00:00.000Z", deployed_at: null, images: [] };
  const [, line] = renderVersions([{ ...version, reason: "added a\x1b[2J", current: true }]);
  assertEquals(line?.includes("\x1b"), false);
});
