import { TestPage } from "../../../dom.ts";
import { assert, assertEquals } from "../../../../../../tests/assert.ts";
import { IssueList } from "../../../../src/features/stacks/editor/issue_list.tsx";
import type { EditorIssue } from "../../../../src/features/stacks/editor/issues.ts";

const ERROR: EditorIssue = {
  path: "compose.services.web",
  message: "must be a mapping",
  line: 3,
  column: 5,
  severity: "error",
  place: "compose",
};
const WARNING: EditorIssue = { path: "compose", message: "is old", severity: "warning", place: "compose" };

Deno.test("lists errors and warnings with their positions", async () => {
  await using page = new TestPage();
  const view = page.render(<IssueList label="Issues" issues={[ERROR, WARNING]} />);
  assert(view.getByRole("list", { name: "Issues" }));
  assertEquals(view.getAllByRole("listitem").map(({ textContent }) => textContent), [
    "ErrorLine 3, column 5must be a mapping",
    "Warningis old",
  ]);
});

Deno.test("opens the position of an issue", async () => {
  await using page = new TestPage();
  const opened: EditorIssue[] = [];
  const view = page.render(
    <IssueList label="Issues" issues={[WARNING, ERROR]} onOpen={(issue) => opened.push(issue)} />,
  );
  await page.user.click(view.getByRole("button", { name: "Line 3, column 5" }));
  assertEquals(opened, [ERROR]);
});

Deno.test("shows no list without issues", async () => {
  await using page = new TestPage();
  const view = page.render(<IssueList label="Issues" issues={[]} />);
  assertEquals(view.queryByRole("list"), null);
});
