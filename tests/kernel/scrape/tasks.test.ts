import { MOST_TASKS, readTasks } from "../../../server/kernel/scrape/tasks.ts";
import { assertEquals } from "../../assert.ts";

/** Returns the text of `/proc/TID/stat`. */
function stat(id: string, state: string, start: number, name = "sh"): string {
  const columns = Array.from({ length: 30 }, (_, index) => index === 18 ? start : index).join(" ");
  return `${id} (${name}) ${state} ${columns}\n`;
}

/** Reads threads from texts by "ID/FILE"; one that is missing has ended. */
function reading(files: Readonly<Record<string, string>>): Parameters<typeof readTasks>[1] {
  return (id, file) => {
    const text = files[`${id}/${file}`];
    if (text === undefined) throw new Deno.errors.NotFound();
    return text;
  };
}

Deno.test("counts threads by state, and reads their times", () => {
  const files = {
    ...{ "7/stat": stat("7", "S", 5), "7/schedstat": "100 20 3\n" },
    ...{ "8/stat": stat("8", "R", 6), "8/schedstat": "1 2 3\n" },
    ...{ "9/stat": stat("9", "D", 6), "9/schedstat": "0 0 0\n" },
  };
  const tasks = readTasks("7\n8\n9\n", reading(files));
  assertEquals(Object.fromEntries(tasks!.states.map(([[name], count]) => [name, count])), {
    ...{ sleeping: 1, running: 1, stopped: 0, uninterruptible: 1 },
  });
  assertEquals(tasks!.tasks, [[7, 5, 100, 20, 3], [8, 6, 1, 2, 3], [9, 6, 0, 0, 0]]);
});

Deno.test("the name of a process does not change its state", () => {
  const files = { "7/stat": stat("7", "S", 5, "x) R 1 1\n"), "7/schedstat": "1 1 1\n" };
  const states = readTasks("7\n", reading(files))!.states;
  assertEquals(states.filter(([, count]) => count > 0), [[["sleeping"], 1]]);
});

Deno.test("a thread that ends while it is read is left out", () => {
  const files = { "8/stat": stat("8", "S", 6), "8/schedstat": "1 2 3\n" };
  assertEquals(readTasks("7\n8\n", reading(files))!.tasks, [[8, 6, 1, 2, 3]]);
});

Deno.test("too many threads, none, and hidden ones are unknown", () => {
  const many = Array.from({ length: MOST_TASKS + 1 }, (_, index) => index + 1).join("\n");
  const hidden = () => {
    throw new Deno.errors.PermissionDenied();
  };
  assertEquals(
    [readTasks(many, hidden), readTasks("", hidden), readTasks(undefined, hidden), readTasks("7\n", hidden)],
    [undefined, undefined, undefined, undefined],
  );
});

Deno.test("only numbers of threads become paths", () => {
  const asked: string[] = [];
  readTasks("../1\n0\n7\n-1\n", (id) => {
    asked.push(id);
    return "";
  });
  assertEquals([...new Set(asked)], ["7"]);
});

Deno.test("a kernel that counts no times for a thread gives states only", () => {
  const files = { "7/stat": stat("7", "S", 5), "7/schedstat": "off\n" };
  const tasks = readTasks("7\n", reading(files));
  assertEquals([tasks?.states.length, tasks?.tasks], [4, undefined]);
});
