import { parseCommandLine } from "../../../server/cli/main.ts";
import { type LogFlags, toLogRequest } from "../../../server/cli/logs/flags.ts";
import { AppError } from "../../../server/errors.ts";
import { assertEquals, assertThrows } from "../../assert.ts";

/** Returns the options of a request as a query. */
function query(names: readonly string[], flags: LogFlags = {}): string {
  return toLogRequest(names, flags).options.map(([name, value]) => `${name}=${value}`).join("&");
}

Deno.test("without a name DockStat's own log is printed", () => {
  assertEquals(query([]), "tail=100");
  assertEquals(query([], { level: "WARN", tail: "5" }), "tail=5&level=warn");
  assertEquals(query([], { tail: "all" }), "tail=100000");
});

const REPLAYS: readonly (readonly [LogFlags, string])[] = [
  [{}, "container=web&until=0s&tail=100"],
  [{ follow: true }, "container=web&tail=100"],
  [{ on: "nas", tail: "0" }, "container=web&host=nas&until=0s&tail=0"],
  [{ since: "10m" }, "container=web&since=10m&until=0s"],
  [{ since: "10m", tail: "5", follow: true }, "container=web&since=10m&tail=5"],
  [{ until: "10m" }, "container=web&since=1970-01-01T00:00:00Z&until=10m"],
  [
    { match: "a|b", exclude: "c", case: true, context: "2", follow: true },
    "container=web&tail=100&match=a|b&exclude=c&context=2&case=1",
  ],
  [{ levels: "warn,error" }, "container=web&until=0s&tail=100&levels=warn,error"],
  [{ tail: "all", follow: true }, "container=web&since=1970-01-01T00:00:00Z"],
];

for (const [flags, expected] of REPLAYS) {
  Deno.test(`container output with ${JSON.stringify(flags)} is ${expected}`, () => {
    assertEquals(query(["web"], flags), expected);
  });
}

Deno.test("several names, --container and --project are joined, and lines begin with names", () => {
  const { options, named, output } = toLogRequest(["web"], { container: "db", project: "shop" });
  assertEquals([named, output, options.slice(0, 3)], [true, true, [
    ["container", "web"],
    ["container", "db"],
    ["project", "shop"],
  ]]);
  assertEquals(toLogRequest(["web"], {}).named, false);
});

Deno.test("separates the flags of logs from those of the server", () => {
  const { command, flags, logs } = parseCommandLine([
    "logs",
    "--container",
    "web",
    "--port",
    "1",
    "--tail=5",
  ]);
  assertEquals([command, flags, logs], ["logs", { port: "1" }, { container: "web", tail: "5" }]);
});

/** Parses a command line as the command does. */
function logRequest(line: readonly string[]) {
  const { args, logs } = parseCommandLine(line);
  return toLogRequest(args, logs ?? {});
}

const WRONG: readonly (readonly [args: readonly string[], message: string])[] = [
  [["logs", "--level", "loud"], '--level: found "loud": expected one of debug, info, warn, error, fatal'],
  [["logs", "--tail=-1"], '--tail: found "-1": expected a whole number'],
  [["logs", "--tail", "100001"], "expected a whole number from 0 to 100000"],
  [["logs", "--container", "web", "--level", "warn"], "--level does not go with containers"],
  [["logs", "--on", "nas"], "--on goes with the name of a container"],
  [["logs", "web", "--since", "yesterday"], '--since: found "yesterday": expected a time such as'],
  [["logs", "web", "--since", "2026-08-01 12:00"], '--since: found "2026-08-01 12:00": expected a time'],
  [["logs", "web", "--until", "1 h"], '--until: found "1 h": expected a time such as'],
  [["logs", "--since", "10m"], "--since goes with the name of a container"],
  [["logs", "web", "--follow", "--until", "1m"], "--follow does not go with --until"],
  [["serve", "--follow"], '--follow goes with "dockstat logs" and "dockstat events" only'],
  [["logs", "--container"], "--container: expected a value"],
  [["logs", "--file", "compose.yaml"], '--file goes with "dockstat stacks" only'],
  [["logs", "--volumes"], '--volumes goes with "dockstat stacks" and "dockstat containers" only'],
  [["logs", "--contaner", "web"], "did you mean --container?"],
  [["stacks", "--level", "warn"], '--level goes with "dockstat logs" only'],
  [["stats", "--container", "web"], '--container goes with "dockstat logs" only'],
  [["serve", "--tail", "5"], '--tail goes with "dockstat stacks" and "dockstat logs" only'],
];

for (const [args, message] of WRONG) {
  Deno.test(`dockstat ${args.join(" ")} is refused`, () => {
    const error = assertThrows(() => logRequest(args), AppError, message);
    assertEquals(error.code, "usage");
  });
}
