import type { Finding, FindingKind, Report } from "../../../../../../server/protocol/past/report.ts";
import { assertEquals } from "../../../../../../tests/assert.ts";
import { describeFinding, summaryOf } from "../../../../src/features/containers/report/report_text.ts";
import { finding, report } from "./findings.ts";

for (
  const [sections, expected] of [
    [{}, undefined],
    [{ restarted: [finding("restart", { count: 2 })] }, "2 restarts"],
    [
      { restarted: [finding("restart", { count: 2 })], ranOut: [finding("oom")] },
      "1 OOM kill, 2 restarts",
    ],
    [
      {
        failed: [finding("outage"), finding("exit", { count: 12 }), finding("operation")],
        restarted: [finding("restart")],
      },
      "1 host outage, 1 failed operation, 12 crashes",
    ],
    [{ ranOut: [finding("disk", { count: 40, to: 97 })] }, "1 full disk"],
    [{ grew: [finding("memory", { count: 40, from: 5, to: 9 })] }, "1 case of growing memory"],
  ] as readonly (readonly [Partial<Report>, string | undefined])[]
) {
  Deno.test(`the summary of ${Object.keys(sections).join(" and ") || "nothing"} is ${expected}`, () => {
    assertEquals(summaryOf(report(sections)), expected);
  });
}

for (
  const [kind, changes, expected] of [
    ["restart", { count: 12 }, "restarted 12 times"],
    ["exit", { exitCode: 127 }, "exit 127, command not found"],
    ["exit", { exitCode: 3 }, "exit 3"],
    ["unhealthy", { count: 2 }, "unhealthy, 2 times"],
    ["operation", { action: "rolling back", count: 2 }, "rolling back failed, 2 times"],
    ["outage", { durationMs: 660_000 }, "not reachable for 11 min"],
    ["oom", {}, "killed for lack of memory"],
    ["memory", { from: 10, to: 20.55 }, "memory from 10 % to 20 %"],
    ["disk", { to: 97 }, "disk 97 % full"],
  ] as readonly (readonly [FindingKind, Partial<Finding>, string])[]
) {
  Deno.test(`a finding "${kind}" is described as "${expected}"`, () => {
    assertEquals(describeFinding(finding(kind, changes)), expected);
  });
}
