/** A slow receiver of webhooks, for tests that kill it: PORT, and the FILE that gets a line per alert. */
import { pause } from "../../../server/duration.ts";

const [port = "", file = ""] = Deno.args;
const NEVER = new AbortController().signal;
/** Time until the answer, in which a kill hits a delivery that was received, ms. */
const ANSWER_MS = 20;

Deno.serve({ hostname: "127.0.0.1", port: Number(port), onListen }, async (request) => {
  const key = request.headers.get("idempotency-key");
  const { alerts } = await request.json();
  for (const { id, event, name } of alerts) {
    Deno.writeTextFileSync(file, `${JSON.stringify({ key, id, event, name })}\n`, { append: true });
  }
  await pause(ANSWER_MS, NEVER);
  return new Response(null, { status: 204 });
});

function onListen(): void {
  Deno.stdout.writeSync(new TextEncoder().encode("ready\n"));
}
