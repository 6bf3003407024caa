/** Pure: the way in which a user started DockStat, for commands in messages that can be copied. */
import type { Environment } from "./docker_context.ts";

/** Returns the words before a task, such as `npx -y deno@2.9.6 task`; `undefined` if no task was started. */
export function taskPrefix(env: Environment, version: string): string | undefined {
  // npx names itself as the agent, and the program that it runs as the script.
  const isNpx = env["npm_lifecycle_event"] === "npx" &&
    /^["']?deno\b/.test(env["npm_lifecycle_script"] ?? "");
  if (isNpx) return `npx -y deno@${version} task`;
  const isTask = env["INIT_CWD"] !== undefined && /^deno\//.test(env["npm_config_user_agent"] ?? "");
  return isTask ? "deno task" : undefined;
}

/** Replaces quoted commands, such as `"dockstat stacks ls"`, by those that the user can type. */
export function withTasks(text: string, prefix: string | undefined): string {
  if (prefix === undefined) return text;
  return text.replaceAll(/"dockstat (?:serve\b ?)?(?=[-"])/g, `"${prefix} start `)
    .replaceAll(/"dockstat serve /g, `"${prefix} start `)
    .replaceAll(/"(?:dockstat|deno task) (?=[a-z])/g, `"${prefix} `)
    .replaceAll(` start "`, ' start"');
}
