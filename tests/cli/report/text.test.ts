import { reportText } from "../../../server/cli/report/text.ts";
import type { Finding, Report } from "../../../server/protocol/past/report.ts";
import { assertEquals, assertStringIncludes } from "../../assert.ts";

const TIME = "2026-08-01T12:00:00.000Z";
const FINDING: Finding = {
  ...{ kind: "restart", hostId: "nas", name: "web", project: null, service: null, count: 1, first: TIME },
  ...{ last: TIME, exitCode: null, durationMs: null, from: null, to: null, action: null, message: null },
};
const EMPTY: Report = {
  ...{ since: TIME, until: TIME, restarted: [], failed: [], grew: [], ranOut: [], complete: true },
};

/** Returns the text without the times. */
function text(changes: Partial<Report>): string {
  return reportText({ ...EMPTY, ...changes }).replace(/\d{4}-\d\d-\d\d \d\d:\d\d:\d\d/g, "TIME");
}

Deno.test("a report without findings is one sentence", () => {
  assertEquals(text({}), "TIME to TIME\n\nNothing restarted, failed, grew or ran out.\n");
});

Deno.test("each kind of finding has its section", () => {
  const report = text({
    restarted: [{ ...FINDING, count: 12 }],
    failed: [
      { ...FINDING, kind: "outage", name: null, durationMs: 300_000, message: "refused\n" },
      { ...FINDING, kind: "exit", exitCode: 3 },
      { ...FINDING, kind: "operation", name: "shop", action: "deploying" },
    ],
    grew: [{ ...FINDING, kind: "memory", from: 20, to: 45 }],
    ranOut: [{ ...FINDING, kind: "oom", count: 2 }, { ...FINDING, kind: "disk", name: null, to: 97 }],
  });
  assertEquals(
    report,
    [
      "TIME to TIME",
      "",
      "Restarted",
      "  nas/web  12 times, last TIME",
      "",
      "Failed",
      "  nas  could not be read for 5 minutes, once, last TIME: refused",
      "  nas/web  exited with code 3, once, last TIME",
      "  nas/shop  deploying failed, once, last TIME",
      "",
      "Grew",
      "  nas/web  memory from 20 % to 45 %",
      "",
      "Ran out",
      "  nas/web  memory: killed 2 times, last TIME",
      "  nas  disk: 97 % used, last TIME",
      "",
    ].join("\n"),
  );
});

Deno.test("a message without text leaves no colon", () => {
  const report = text({ failed: [{ ...FINDING, kind: "unhealthy", message: "\n" }] });
  assertStringIncludes(report, "unhealthy, once, last TIME\n");
});

Deno.test("control characters of a message do not reach the terminal", () => {
  const report = text({ failed: [{ ...FINDING, kind: "unhealthy", message: "no\x1b[2J answer" }] });
  assertEquals(report.includes("\x1b"), false);
  assertStringIncludes(report, "unhealthy, once");
});

Deno.test("an incomplete report explains what is missing", () => {
  assertStringIncludes(text({ complete: false }), "Without the token, messages and what grew are left out.");
});
