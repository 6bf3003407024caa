/** Pure: the way in which a user started DockStat, for commands in messages that can be copied. */
import type { Environment } from "./docker_context.ts";

/** Returns the words before a task, such as `npx -y deno@2.9.6 task`; `undefined` if no task was started. */
export function taskPrefix(env: Environment, version: string): string | undefined {
  const isTask = env["INIT_CWD"] !== undefined && /^deno\//.test(env["npm_config_user_agent"] ?? "");
  if (!isTask) return undefined;
  return env["npm_lifecycle_event"] === "npx" ? `npx -y deno@${version} task` : "deno task";
}

/** Replaces quoted commands, such as `"dockstat stacks ls"`, by those that the user can type. */
export function withTasks(text: string, prefix: string | undefined): string {
  if (prefix === undefined) return text;
  return text.replaceAll(/"dockstat (?:serve\b ?)?(?=[-"])/g, `"${prefix} start `)
    .replaceAll(/"dockstat serve /g, `"${prefix} start `)
    .replaceAll(/"(?:dockstat|deno task) (?=[a-z])/g, `"${prefix} `)
    .replaceAll(` start "`, ' start"');
}
