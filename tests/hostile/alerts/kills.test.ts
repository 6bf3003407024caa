/** Kills of a server and of the receiver of its alerts. `DOCKSTAT_TEST_ALERT_KILLS` sets their number. */
import { randomNumbers } from "../../../server/docker/simulated/simulated_containers.ts";
import { pause } from "../../../server/duration.ts";
import { assertEquals, eventually } from "../../assert.ts";
import { temporaryFolder } from "../../fakes/folder.ts";

const KILLS = Number(Deno.env.get("DOCKSTAT_TEST_ALERT_KILLS") ?? 3);
const SEED = 20_261_126;
/** Longest time from the start of a program to its kill, ms; a delivery takes about 20 ms. */
const LONGEST_MS = 300;
/** New alerts per start. */
const ALERTS = 3;
const NEVER = new AbortController().signal;

/** A program of this folder, which is killed with the scope unless it was before. */
class Killed implements AsyncDisposable {
  readonly #child: Deno.ChildProcess;
  readonly #output: ReadableStreamDefaultReader<Uint8Array>;

  constructor(script: string, ...args: readonly string[]) {
    this.#child = new Deno.Command(Deno.execPath(), {
      args: ["run", "--no-check", "-A", new URL(script, import.meta.url).pathname, ...args],
      stdin: "null",
      stdout: "piped",
      stderr: "null",
    }).spawn();
    this.#output = this.#child.stdout.getReader();
  }

  /** Waits for its first line. */
  async started(): Promise<void> {
    const { done } = await this.#output.read();
    if (done) throw new Error("The program has ended before its first line");
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#child.kill("SIGKILL");
    await this.#output.cancel();
    await this.#child.status;
  }
}

/** An alert that the receiver has written down. */
interface Received {
  readonly key: string;
  readonly id: string;
  readonly event: string;
  readonly name: string;
}

async function received(file: string): Promise<Received[]> {
  const text = await Deno.readTextFile(file).catch(() => "");
  // The last line may be cut by a kill.
  return text.split("\n").slice(0, -1).map((line) => JSON.parse(line));
}

function freePort(): number {
  using listener = Deno.listen({ port: 0, hostname: "127.0.0.1" });
  return listener.addr.port;
}

Deno.test(`${KILLS} kills of server and receiver lose no alarm, and an alarm keeps its id and key`, async () => {
  using folder = temporaryFolder();
  const [data, file, port] = [folder.path("data"), folder.path("received"), String(freePort())];
  const random = randomNumbers(SEED);
  const some = () => pause(random() * LONGEST_MS, NEVER);
  const receive = () => new Killed("killed_receiver.ts", port, file);
  const serve = (round: number) => new Killed("killed_server.ts", data, port, String(round * ALERTS));
  for (let round = 1; round <= KILLS; round++) {
    await using server = serve(round);
    {
      await using receiver = receive();
      await Promise.all([server.started(), receiver.started()]);
      await some();
    }
    await some();
  }
  await using _receiver = receive();
  await using _server = serve(KILLS);
  const ids = await eventually("every alarm", async () => {
    const alarms = (await received(file)).filter(({ event }) => event === "alarm");
    const known = Map.groupBy(alarms, ({ name }) => name);
    return known.size === KILLS * ALERTS ? known : undefined;
  });
  for (const [name, alarms] of ids) {
    const different = (name: "id" | "key") => new Set(alarms.map((alarm) => alarm[name])).size;
    assertEquals([different("id"), different("key")], [1, 1], name);
  }
});
