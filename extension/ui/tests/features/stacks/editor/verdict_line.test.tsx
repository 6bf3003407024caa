import { TestPage } from "../../../dom.ts";
import { assertEquals } from "../../../../../../tests/assert.ts";
import type { EditorIssue } from "../../../../src/features/stacks/editor/issues.ts";
import type { Verdict } from "../../../../src/features/stacks/editor/use_validation.ts";
import { VerdictLine } from "../../../../src/features/stacks/editor/verdict_line.tsx";

const ISSUE: EditorIssue = { path: "compose", message: "no", severity: "error", place: "compose" };
const EMPTY: Verdict = { phase: "empty", issues: [], services: [], reason: "" };

const CASES: readonly (readonly [verdict: Partial<Verdict>, text: string])[] = [
  [{}, ""],
  [{ phase: "checking" }, "Checking…"],
  [{ phase: "unknown", reason: "nobody there" }, "Could not check the file: nobody there"],
  [{ phase: "invalid", issues: [ISSUE] }, "1 error in the Compose file"],
  [{ phase: "invalid", issues: [ISSUE, ISSUE] }, "2 errors in the Compose file"],
  [{ phase: "invalid" }, "Compose rejected the file"],
  [{ phase: "valid", services: ["web"] }, "Valid · 1 service: web"],
  [{ phase: "valid", services: ["db", "web"] }, "Valid · 2 services: db, web"],
  [{ phase: "valid", services: ["web"], issues: [ISSUE] }, "Valid, 1 warning · 1 service: web"],
];

for (const [verdict, text] of CASES) {
  Deno.test(`shows "${text}" for a check that is ${verdict.phase ?? "empty"}`, async () => {
    await using page = new TestPage();
    const view = page.render(<VerdictLine verdict={{ ...EMPTY, ...verdict }} />);
    assertEquals(view.getByRole("status").textContent, text);
  });
}
