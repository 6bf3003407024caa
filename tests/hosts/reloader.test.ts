import { parseConfigFile } from "../../server/config/config_file.ts";
import { type LoadedFile, Reloader } from "../../server/hosts/reloader.ts";
import { Hub } from "../../server/hub.ts";
import { logLines } from "../../server/log/log.ts";
import { assert, assertEquals, assertStringIncludes, eventually } from "../assert.ts";
import { temporaryFolder } from "../fakes/folder.ts";
import { quietLog } from "../fakes/quiet_log.ts";

quietLog();

const GOOD =
  "hosts:\n  - id: a\n    url: tcp://10.0.0.5:2375\n  - id: b\n    url: ssh://b\nlisten: { port: 9000 }\n";
const TIMES = { checkMs: 1, stableMs: 2, holdMs: 60_000, removalMs: 60_000 };

/** A reloader of a file in a temporary folder, which records what it applies and reports. */
class Reloads implements AsyncDisposable {
  readonly folder = temporaryFolder({ "dockstat.yaml": GOOD });
  readonly path = this.folder.path("dockstat.yaml");
  readonly applied: (readonly string[])[] = [];
  readonly notices: (string | null)[] = [];
  readonly requests = new Hub<"reload">();
  #reloader: Reloader<LoadedFile> | undefined;

  async open(times = TIMES): Promise<this> {
    const read = async () => {
      const text = await Deno.readTextFile(this.path);
      return { file: await parseConfigFile(text, this.path), source: { name: this.path, text } };
    };
    this.#reloader = new Reloader({
      loaded: await read(),
      read,
      appliers: {
        hosts: ({ file }) => {
          this.applied.push((file.hosts ?? []).flatMap((host) => "id" in host ? host.id : []));
          return Promise.resolve(["changed hosts"]);
        },
      },
      notify: (error) => this.notices.push(error),
      requests: this.requests,
      times,
    });
    return this;
  }

  write(text: string): void {
    Deno.writeTextFileSync(this.path, text);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#reloader?.[Symbol.asyncDispose]();
    this.folder[Symbol.dispose]();
  }
}

/** Returns the newest lines of the log. */
function logged(): string {
  return logLines.tail(2000, "DEBUG").map(({ message }) => message).join("\n");
}

Deno.test("a saved file is applied", async () => {
  await using reloads = await new Reloads().open();
  reloads.write(GOOD + "# saved\n");
  await eventually("the reload", () => reloads.applied.length > 0);
  assertEquals(reloads.applied, [["a", "b"]]);
});

Deno.test("every beginning of a good file changes nothing, and is reported", async () => {
  await using reloads = await new Reloads().open();
  for (let length = 0; length < GOOD.length; length++) {
    const before = reloads.notices.length;
    reloads.write(GOOD.slice(0, length));
    await eventually(`the report of ${length} characters`, () => reloads.notices.length > before);
  }
  assertEquals([reloads.applied, reloads.notices.includes(null)], [[], false]);
  reloads.write(GOOD + "# complete\n");
  await eventually("the whole file", () => reloads.applied.length > 0);
  assertEquals([reloads.applied, reloads.notices.at(-1)], [[["a", "b"]], null]);
});

Deno.test("no beginning of a good file removes a host, even if it stays so for the shorter time", async () => {
  await using reloads = await new Reloads().open({ ...TIMES, holdMs: 3 });
  for (let length = 1; length < GOOD.length; length++) {
    const before = [reloads.notices.length, reloads.applied.length];
    reloads.write(GOOD.slice(0, length));
    await eventually(`the report of ${length} characters`, () => {
      return reloads.notices.length > before[0]! || reloads.applied.length > before[1]!;
    });
  }
  assertEquals(reloads.applied.filter((ids) => ids.join() !== "a,b"), []);
});

Deno.test("a wait before hosts are removed is announced with its time", async () => {
  await using reloads = await new Reloads().open();
  reloads.write("hosts:\n  - id: a\n    url: tcp://10.0.0.5:2375\n");
  const notice = await eventually("the report", () => reloads.notices[0]);
  assertEquals(
    notice,
    "dockstat.yaml looks half-written: it has only the start of the loaded text, and removes 1 host. " +
      "It applies in 60 s unless it changes",
  );
  assertStringIncludes(logged(), "It applies in 60 s unless it changes");
});

Deno.test("a file that lost its last host is applied when it stays so", async () => {
  await using reloads = await new Reloads().open({ ...TIMES, removalMs: 20 });
  reloads.write("hosts:\n  - id: a\n    url: tcp://10.0.0.5:2375\n");
  await eventually("the reload", () => reloads.applied.length > 0);
  assertEquals(reloads.applied, [["a"]]);
});

Deno.test("an empty file is never applied", async () => {
  await using reloads = await new Reloads().open({ ...TIMES, holdMs: 3 });
  reloads.write("");
  await eventually("the report", () => reloads.notices.length > 0);
  assertStringIncludes(reloads.notices[0]!, "looks half-written: it is empty");
  reloads.requests.publish(["reload"]);
  reloads.write(GOOD + "# again\n");
  await eventually("the whole file", () => reloads.applied.length > 0);
  assertEquals(reloads.applied, [["a", "b"]]);
});

Deno.test("a bad file changes nothing, and its error names the place", async () => {
  await using reloads = await new Reloads().open();
  reloads.write(GOOD.replace("port: 9000", "port: many"));
  const error = await eventually("the report", () => reloads.notices[0]);
  assertEquals(error, "dockstat.yaml:6:11: listen.port is not valid. The log of DockStat has the details");
  assertStringIncludes(logged(), 'dockstat.yaml:6:11: listen.port: found "many"');
  assertEquals(reloads.applied, []);
});

Deno.test("a lost file changes nothing", async () => {
  await using reloads = await new Reloads().open();
  Deno.removeSync(reloads.path);
  await eventually("the report", () => reloads.notices.length > 0);
  assertEquals(reloads.applied, []);
});

Deno.test({
  name: "a file that every user can write is refused",
  ignore: Deno.build.os === "windows",
  fn: async () => {
    await using reloads = await new Reloads().open();
    reloads.write(GOOD + "# saved\n");
    Deno.chmodSync(reloads.path, 0o666);
    const error = await eventually("the report", () => reloads.notices[0]);
    assertEquals(error, "dockstat.yaml: the file cannot be used. The log of DockStat has the details");
    assertStringIncludes(logged(), "dockstat.yaml: chmod o-w first");
    // It may have been read before its mode changed.
    assert(reloads.applied.length <= 1);
  },
});

Deno.test("sections that decide on access wait for a restart", async () => {
  await using reloads = await new Reloads().open();
  reloads.write(GOOD.replace("9000", "9001") + "limits: { sockets: 7 }\n");
  await eventually("the warning", () => logged().includes("changes to listen, limits apply after a restart"));
});

Deno.test("a request reloads a file that has not changed", async () => {
  await using reloads = await new Reloads().open();
  const before = reloads.applied.length;
  reloads.requests.publish(["reload"]);
  await eventually("the reload", () => reloads.applied.length > before);
  assertEquals(reloads.notices, []);
});
