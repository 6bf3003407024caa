import type { ComposeVersions } from "../../server/compose/command.ts";
import { RememberedVersions } from "../../server/compose/remembered_versions.ts";
import { logLines } from "../../server/log/log.ts";
import { assertEquals } from "../assert.ts";
import { quietLog } from "../fakes/quiet_log.ts";

/** Reports versions and returns the lines of the log about them. */
async function reported(versions: ComposeVersions): Promise<string[]> {
  using _log = quietLog();
  const before = logLines.tail(10_000, "INFO").length;
  {
    await using remembered = new RememberedVersions({ versions: () => Promise.resolve(versions) });
    remembered.report();
  }
  return logLines.tail(10_000, "INFO").slice(before).map(({ level, message }) => `${level} ${message}`);
}

Deno.test("reports the Compose that is used", async () => {
  assertEquals(await reported({ used: "2.40.3", user: "2.40.3", skipped: [] }), [
    "INFO Compose 2.40.3 runs the stacks",
  ]);
});

Deno.test("warns when the user's docker compose is another one, and names what could not be started", async () => {
  assertEquals(await reported({ used: "2.40.3", user: "5.7.0", skipped: ["/a/docker-compose"] }), [
    "INFO Compose 2.40.3 runs the stacks",
    "WARN Compose 2.40.3 runs the stacks, but docker compose is 5.7.0",
    "WARN Not allowed to start /a/docker-compose: add each one to --allow-run",
  ]);
});

Deno.test("warns when there is no Compose", async () => {
  assertEquals(await reported({ used: null, user: null, skipped: [] }), [
    "WARN Compose was not found: stacks cannot run. dockstat check explains why",
  ]);
});

Deno.test("asks once for several requests", async () => {
  let calls = 0;
  const versions = new RememberedVersions({
    versions: () => {
      calls++;
      return Promise.resolve({ used: "2.40.3", user: null, skipped: [] });
    },
  });
  assertEquals([(await versions.get()).used, (await versions.get()).used, calls], ["2.40.3", "2.40.3", 1]);
});
