import { taskPrefix, withTasks } from "../../server/config/invocation.ts";
import { assertEquals } from "../assert.ts";

const TASK = { INIT_CWD: "/home/me/dockstat", npm_config_user_agent: "deno/2.9.6 npm/? deno/2.9.6 linux" };

Deno.test("a task, a task by npx and a program are told apart", () => {
  assertEquals(taskPrefix(TASK, "2.9.6"), "deno task");
  for (const script of ["deno", "'deno'", '"deno" "task" "start"']) {
    const npx = { INIT_CWD: "/a", npm_lifecycle_event: "npx", npm_config_user_agent: "npm/11.19.1 node/v20" };
    assertEquals(taskPrefix({ ...npx, npm_lifecycle_script: script }, "2.9.6"), "npx -y deno@2.9.6 task");
    assertEquals(taskPrefix({ ...npx, npm_lifecycle_script: "dockstat" }, "2.9.6"), undefined);
  }
  assertEquals(taskPrefix({}, "2.9.6"), undefined);
});

const HINTS: readonly (readonly [text: string, shown: string])[] = [
  ['start it with "dockstat serve", or', 'start it with "X start", or'],
  ['"dockstat serve --port 0"', '"X start --port 0"'],
  ['"dockstat --help" lists the flags', '"X start --help" lists the flags'],
  ['"dockstat stacks ls" lists them', '"X stacks ls" lists them'],
  ['"deno task engine" (Debian, Ubuntu)', '"X engine" (Debian, Ubuntu)'],
  ['Stack "dockstat" is busy', 'Stack "dockstat" is busy'],
];

for (const [text, shown] of HINTS) {
  Deno.test(`${text} becomes a command that can be copied`, () => {
    assertEquals(withTasks(text, "X"), shown);
    assertEquals(withTasks(text, undefined), text);
  });
}
