/** A reload on a real engine: hosts come and go, and another host is read without a gap. */
import { readConfig } from "../../../server/config/config.ts";
import { Hub } from "../../../server/hub.ts";
import { serve } from "../../../server/serve.ts";
import { assertEquals, assertGreater, eventually } from "../../assert.ts";
import { freshFolder, TestClient, TOKEN } from "../../client.ts";
import { temporaryFolder } from "../../fakes/folder.ts";
import { quietLog } from "../../fakes/quiet_log.ts";
import { realEngines, startContainer } from "../engines.ts";

quietLog();

Deno.test("an unchanged host is read without a gap while a reload adds, changes and removes others", async () => {
  const [engine] = await realEngines();
  await using container = await startContainer(engine, `dockstat-reload-${crypto.randomUUID().slice(0, 8)}`);
  const [kept, other] = ["kept", "other"].map((id) => `  - id: ${id}\n    url: ${engine.url}\n`);
  using folder = temporaryFolder({ "dockstat.yaml": `hosts:\n${kept}` });
  const path = folder.path("dockstat.yaml");
  const read = () =>
    readConfig({ config: path, port: "0", data: freshFolder(), token: TOKEN, logLevel: "fatal" });
  const [loaded, requests] = [await read(), new Hub<"reload">()];
  await using server = await serve(loaded.config, { reload: { loaded, read, requests } });
  await using client = new TestClient(
    server.url,
    `/docker/stats?host=kept&container=${container.id}&detail=full`,
    TOKEN,
  );
  const hosts = async (): Promise<readonly { hostId: string; since: string; labels: unknown }[]> =>
    await (await fetch(`${server.url}/docker/hosts`)).json();
  const numbers = () => client.frames.filter(({ cpuUsage }) => typeof cpuUsage === "number");
  await eventually("a sample", () => numbers().length > 0);
  const [{ since }, first] = [(await hosts())[0]!, client.frames.length];
  const labelled = other!.replace("other\n", "other\n    labels: { site: home }\n");
  for (
    const [what, text, ids] of [
      ["addition", kept! + other, ["kept", "other"]],
      ["change", labelled + kept, ["other", "kept"]],
      ["removal", kept!, ["kept"]],
    ] as const
  ) {
    await Deno.writeTextFile(path, `hosts:\n${text}`);
    requests.publish(["reload"]);
    await eventually(
      `the ${what}`,
      async () => `${(await hosts()).map(({ hostId }) => hostId)}` === `${ids}`,
    );
    const before = numbers().length;
    await eventually(`a sample after the ${what}`, () => numbers().length > before);
  }
  const frames = client.frames.slice(first);
  assertEquals(frames.filter(({ error, stale, state }) => error || stale || state === "removed"), []);
  assertEquals((await hosts()).map((host) => host.since), [since]);
  const times = frames.map(({ timestamp }) => Date.parse(timestamp)).filter((time) => !Number.isNaN(time));
  for (const [index, time] of times.entries()) if (index > 0) assertGreater(time, times[index - 1]!);
});
