/** Tests for what the documents name: flags, variables, commands, paths and files. */
import { BACKUP_HELP } from "../server/cli/backup.ts";
import { CONTAINERS_HELP } from "../server/cli/containers/flags.ts";
import { EVENTS_HELP } from "../server/cli/events/flags.ts";
import { COMMAND_HELP, HELP } from "../server/cli/help.ts";
import { LOGS_HELP } from "../server/cli/logs/flags.ts";
import { parseCommandLine } from "../server/cli/main.ts";
import { toStackRequest } from "../server/cli/stacks/flags.ts";
import { STACKS_HELP } from "../server/cli/stacks/help.ts";
import { STATS_HELP } from "../server/cli/stats/flags.ts";
import { HTTP_PATHS } from "../server/contracts/http_paths.ts";
import { assert, assertEquals } from "./assert.ts";

const ROOT = new URL("../", import.meta.url);
const NAMES = ["README.md", "SECURITY.md", "CONTRIBUTING.md", "ARCHITECTURE.md", "docs/protocol.md"];
const HELPS = [
  ...[HELP, STACKS_HELP, CONTAINERS_HELP, LOGS_HELP, EVENTS_HELP, STATS_HELP, BACKUP_HELP],
  ...Object.values(COMMAND_HELP),
].join("\n");

/** Flags of other programs that the documents show. */
const FOREIGN = [
  ...["--allow-env", "--allow-net", "--allow-read", "--allow-run", "--allow-sys", "--allow-write"],
  ...["--no-prompt", "--quiet"],
  ...["--cap-drop", "--name", "--restart", "--security-opt", "--tmpfs"],
  ...["--no-install-recommends", "--only", "--progress", "--tests"],
];
/** Variables of the tests. */
const OF_TESTS = /^DOCKSTAT_(TEST_\w+|KILLS)$/;
/** First segments of paths on the disk and in examples. */
const NOT_SERVED = /^\/\/|^\/(data|dockstat\w*|etc|home|host|proc|run|sys|tmp|usr|var)\b/;

async function documents(): Promise<(readonly [name: string, text: string])[]> {
  return await Promise.all(NAMES.map(async (name) => [name, await Deno.readTextFile(new URL(name, ROOT))]));
}

Deno.test("the documents name flags and variables that exist", async () => {
  const flags = new Set([...HELPS.matchAll(/--[a-z][\w-]*/g)].map(([flag]) => flag));
  for (const [name, text] of await documents()) {
    for (const [flag] of text.matchAll(/(?<![\w-])--[a-z][\w-]*/g)) {
      assert(flags.has(flag) || FOREIGN.includes(flag), `${name} names the flag ${flag}`);
    }
    for (const [variable] of text.matchAll(/DOCKSTAT_[A-Z_]*[A-Z]/g)) {
      assert(HELPS.includes(variable) || OF_TESTS.test(variable), `${name} names the variable ${variable}`);
    }
  }
});

/** Finds the commands of DockStat in blocks and spans of code, each as its arguments. */
function commandsIn(text: string): string[][] {
  const code = [...text.matchAll(/```sh\n([\s\S]*?)```|`([^`\n]+)`/g)].flatMap(([, block, span]) =>
    (block ?? span ?? "").replaceAll("\\\n", " ").split("\n")
  );
  return code.flatMap((line) => {
    const typed = line.split(/\s+#/, 1)[0]!.trim();
    const found =
      /^(?:(?:npx -y deno@\S+ task|deno task|docker exec(?: -\w+)* dockstat dockstat|dockstat) |(?=stacks ))(.+)$/
        .exec(typed)?.[1];
    return found === undefined || /^…|^[A-Z]/.test(found)
      ? []
      : [found.replaceAll(/\[|\]|…|\.\.\./g, "").trim().split(/\s+/)];
  });
}

Deno.test("the commands in the documents can be typed", async () => {
  const { tasks } = JSON.parse(await Deno.readTextFile(new URL("deno.json", ROOT)));
  let count = 0;
  for (const [name, text] of await documents()) {
    for (const [command = "", ...rest] of commandsIn(text)) {
      // A task runs DockStat with its own arguments first, or another program.
      const task: string | undefined = tasks[command]?.command;
      const own = task === undefined ? [command] : / mod\.ts (.+)$/.exec(task)?.[1]?.split(" ");
      if (own === undefined) continue;
      const args = [...own, ...rest];
      const parsed = parseCommandLine(args);
      if (parsed.stacks !== undefined) toStackRequest(parsed.stacks.args, parsed.stacks.flags);
      assert(parsed.command !== "", `${name} shows ${args.join(" ")}`);
      count++;
    }
  }
  assert(count > 20, String(count));
});

/** Returns the patterns of paths with the values of {a|b} and {command} filled in. */
function variants(path: string): string[] {
  const [plain = ""] = path.split(/[?…]/, 1);
  const choice = /\{(\w+(?:\|\w+)+)\}/.exec(plain);
  if (choice === null) return [plain.replace("{command}", "stop")];
  return choice[1]!.split("|").flatMap((value) => variants(plain.replace(choice[0], value)));
}

function isServed(path: string, method?: string): boolean {
  return Object.entries(HTTP_PATHS).some(([pattern, methods]) => {
    const expression = pattern.replaceAll(/\{\w+\}/g, "[^/]+");
    const serves = method === undefined || method.toLowerCase() in methods;
    return serves && new RegExp(`^${expression}$`).test(path);
  });
}

Deno.test("the documents name paths that the server has, with their methods", async () => {
  let count = 0;
  for (const [name, text] of await documents()) {
    for (
      const [, methods, path = ""] of text.matchAll(/`((?:(?:GET|POST|PUT|PATCH|DELETE)[ ,]+)*)(\/[^`\s]*)`/g)
    ) {
      if (path === "/" || path.startsWith("/#") || NOT_SERVED.test(path)) continue;
      for (const variant of variants(path)) {
        const named = methods!.match(/[A-Z]+/g) ?? [undefined];
        for (const method of named) {
          assert(isServed(variant, method), `${name} names ${method ?? ""} ${path}`);
          count++;
        }
      }
    }
  }
  assert(count > 60, String(count));
});

Deno.test("the links of the documents lead to files and headings", async () => {
  for (const [name, text] of await documents()) {
    for (const [, link = ""] of text.matchAll(/\]\(([^)\s]+)\)|srcset="/g)) {
      if (/^[a-z]+:/.test(link) || link === "") continue;
      const [path = "", heading] = link.split("#");
      const target = path === "" ? text : await Deno.readTextFile(new URL(path, new URL(name, ROOT)));
      const headings = [...target.matchAll(/^#+ (.+)$/gm)].map(([, title]) => slug(title!));
      assertEquals(heading === undefined || headings.includes(heading), true, `${name} links to ${link}`);
    }
  }
});

function slug(title: string): string {
  return title.toLowerCase().replaceAll(/[^\p{L}\p{N} -]/gu, "").replaceAll(" ", "-");
}
