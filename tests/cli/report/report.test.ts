import { REPORT_HELP, toReportRequest } from "../../../server/cli/report/flags.ts";
import { parseCommandLine } from "../../../server/cli/main.ts";
import { AppError } from "../../../server/errors.ts";
import { assertEquals, assertMatch, assertStringIncludes, assertThrows } from "../../assert.ts";
import { serveEngines, TOKEN } from "../../client.ts";
import { FakeEngine } from "../../fakes/engine.ts";
import { startProgram } from "../../program.ts";

Deno.test("prints the report of a running server, as text or JSON", async () => {
  await using server = await serveEngines({ Localhost: new FakeEngine() });
  const report = (...args: string[]) =>
    startProgram(["report", ...args, "--port", new URL(server.url).port], { DOCKSTAT_TOKEN: TOKEN });
  await using text = report("--since", "12h");
  assertEquals([await text.status, text.err], [0, ""]);
  assertMatch(text.out, /^\d{4}-.* to .*\n\nNothing restarted, failed, grew or ran out\.\n$/);
  await using json = report("--json");
  assertEquals(await json.status, 0);
  assertEquals(JSON.parse(json.out).restarted, []);
});

Deno.test("flags become options of the path, and the help lists each", () => {
  const { command, report } = parseCommandLine(["report", "--since", "2d", "--on", "nas", "--json"]);
  assertEquals(command, "report");
  assertEquals(toReportRequest(report ?? {}), { path: "/report?since=2d&host=nas", json: true });
  assertEquals(toReportRequest({}), { path: "/report?since=12h", json: false });
  for (const flag of ["--since", "--on", "--json"]) assertStringIncludes(REPORT_HELP, flag);
});

Deno.test("an invalid time and an argument are wrong usage", () => {
  const message = '--since: found "night": expected a duration such as 12h';
  assertEquals(assertThrows(() => toReportRequest({ since: "night" }), AppError, message).code, "usage");
  assertThrows(
    () => parseCommandLine(["report", "web"]),
    AppError,
    'Unexpected argument "web" after "report"',
  );
});
