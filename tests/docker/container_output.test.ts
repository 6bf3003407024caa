import { openEngine } from "../../server/docker/docker_engine.ts";
import { assertEquals, eventually } from "../assert.ts";
import { idOf } from "../fakes/engine.ts";
import { startHttpEngine } from "../fakes/http_engine.ts";

const SIGNAL = new AbortController().signal;
const STAMP = "2026-08-01T12:00:00.123456789Z";

Deno.test("moments reach the engine to the nanosecond", async () => {
  const queries: URLSearchParams[] = [];
  const path = `/containers/${idOf("a")}`;
  const answers = {
    [`${path}/json`]: () => Response.json({ Config: { Tty: true }, State: { Running: true } }),
    [`${path}/logs`]: ({ searchParams }: URL) => {
      queries.push(searchParams);
      return new Response("");
    },
  };
  await using fake = startHttpEngine({ answers });
  await using engine = openEngine({ url: fake.url });
  await engine.connect(SIGNAL);
  const request = { follow: false, sinceNs: 1_785_585_600_123_456_789n, untilNs: 1_785_585_600_987_654_321n };
  await Array.fromAsync(engine.output(idOf("a"), request, SIGNAL));
  assertEquals(queries.map((query) => [query.get("since"), query.get("until")]), [
    ["1785585600.123456789", "1785585600.987654321"],
  ]);
});

Deno.test("closes the connection of a caller that takes no further lines", async () => {
  let isOpen = true;
  const path = `/containers/${idOf("a")}`;
  const answers = {
    [`${path}/json`]: () => Response.json({ Config: { Tty: true }, State: { Running: true } }),
    [`${path}/logs`]: () =>
      new Response(
        new ReadableStream({
          start: (controller) => controller.enqueue(new TextEncoder().encode(`${STAMP} one\n`)),
          cancel: () => void (isOpen = false),
        }),
      ),
  };
  await using fake = startHttpEngine({ answers });
  await using engine = openEngine({ url: fake.url });
  await engine.connect(SIGNAL);
  for await (const _ of engine.output(idOf("a"), { follow: false }, SIGNAL)) break;
  await eventually("the end of the request", () => !isOpen);
});
