/** Tests for the repository itself. */
import { assert, assertEquals } from "./assert.ts";

const ROOT = new URL("..", import.meta.url).pathname;

async function files(pattern: RegExp): Promise<string[]> {
  const found: string[] = [];
  const walk = async (folder: string) => {
    for await (const { name, isDirectory } of Deno.readDir(ROOT + folder)) {
      const path = `${folder}${name}`;
      if (isDirectory && !["node_modules", ".git"].includes(name)) await walk(`${path}/`);
      else if (pattern.test(path)) found.push(path);
    }
  };
  await walk("");
  return found;
}

Deno.test("every task that the documents name exists", async () => {
  const tasks = JSON.parse(await Deno.readTextFile(`${ROOT}deno.json`)).tasks;
  for (const file of await files(/\.md$/)) {
    const text = await Deno.readTextFile(ROOT + file);
    for (const [, task] of text.matchAll(/(?:deno|deno@\S+) task (\w[\w:]*)/g)) {
      assert(task! in tasks, `${file} names the task "${task}"`);
    }
  }
});

Deno.test("every file names the same version of Deno", async () => {
  const named = new Set<string>();
  for (const file of await files(/\.md$|^\.ci\/run$|Dockerfile$/)) {
    for (
      const [, version] of (await Deno.readTextFile(ROOT + file)).matchAll(/deno(?:@|:bin-)(\d[\d.]*\d)/g)
    ) {
      named.add(version!);
    }
  }
  assertEquals([...named], ["2.9.6"]);
});

Deno.test("only benchmarks, soaks and screenshots have every permission", async () => {
  const { tasks } = JSON.parse(await Deno.readTextFile(`${ROOT}deno.json`));
  for (const [name, task] of Object.entries(tasks as Record<string, { command: string }>)) {
    const blanket = /(\s-A\b|--allow-all)/.test(task.command);
    assert(
      !blanket || ["bench", "bench:scale", "soak"].includes(name) || name.startsWith("screenshots"),
      `the task "${name}" has every permission`,
    );
  }
});

/** Reads the programs that a command of `deno run` may run. */
function programsOf(command: string): string[] {
  return /--allow-run=(\S+)/.exec(command)![1]!.split(",");
}

Deno.test("the task start:kernel is start that may also start the runtime", async () => {
  const { tasks } = JSON.parse(await Deno.readTextFile(`${ROOT}deno.json`));
  const { command, dependencies } = tasks["start:kernel"];
  assertEquals(dependencies, tasks.start.dependencies);
  assertEquals(command.replace("--allow-run=deno,", "--allow-run="), tasks.start.command);
});

Deno.test("the tasks start and check have the same permissions, and the image may run fewer programs", async () => {
  const { tasks } = JSON.parse(await Deno.readTextFile(`${ROOT}deno.json`));
  const permissionsOf = ({ command }: { command: string }) => command.match(/--allow-\S+/g);
  assertEquals(permissionsOf(tasks.check), permissionsOf(tasks.start));
  const programs = programsOf(tasks.start.command);
  assertEquals(programs.filter((program) => !program.includes("/")), ["git", "ssh", "docker"]);
  assert(programs.slice(3).every((program) => program.endsWith("/docker-compose")), programs.join());
  const imageCommand = await Deno.readTextFile(`${ROOT}extension/dockstat`);
  assertEquals(programsOf(imageCommand), [
    "git",
    "ssh",
    "docker",
    "/usr/local/lib/docker/cli-plugins/docker-compose",
  ]);
});
