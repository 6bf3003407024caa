import { openEngine } from "../../server/docker/docker_engine.ts";
import { assertEquals } from "../assert.ts";
import { idOf } from "../fakes/container.ts";
import { startHttpEngine } from "../fakes/http_engine.ts";

const SIGNAL = new AbortController().signal;

Deno.test("events of an earlier time span are requested by the engine's clock", async () => {
  const asked: string[] = [];
  const answers = {
    "/events": ({ searchParams }: URL) => {
      asked.push(`${searchParams.get("since")} ${searchParams.get("until")}`);
      return new Response(JSON.stringify({ Action: "die", Actor: { ID: idOf("a") } }));
    },
  };
  await using fake = startHttpEngine({ answers });
  await using engine = openEngine({ url: fake.url });
  await engine.connect(SIGNAL);
  const span = { sinceMs: 1_785_585_600_123, untilMs: 1_785_585_601_000 };
  const events = await Array.fromAsync(await engine.events(SIGNAL, SIGNAL, span));
  assertEquals([events.length, asked], [1, ["1785585600.123 1785585601.000"]]);
});
