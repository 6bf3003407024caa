/** A server whose containers are all unhealthy, for tests that kill it: DATA, PORT of the receiver, and their number. */
import { serve } from "../../../server/serve.ts";
import { testConfig } from "../../client.ts";
import { fakeContainer, FakeEngine } from "../../fakes/engine.ts";
import { QUICK } from "../../fakes/times.ts";

const [data = "", port = "", count = ""] = Deno.args;
const containers = Array.from(
  { length: Number(count) },
  (_, index) => fakeContainer(`c${index}`, { health: "unhealthy" }),
);
const engine = new FakeEngine(...containers);
const config = testConfig([{ kind: "docker", id: "nas", endpoint: { url: "unix:///none" } }], {
  data,
  outbound: { allow: [{ address: "127.0.0.1", port: Number(port) }] },
  alerts: {
    rules: [{
      ...{ id: "sick", name: "Sick", deliver: ["hook"] },
      when: { kind: "state", state: "unhealthy" },
    }],
    channels: [{ id: "hook", name: "Hook", kind: "webhook", url: "env:ALERT_TEST_URL" }],
  },
});
Deno.env.set("ALERT_TEST_URL", `http://127.0.0.1:${port}/`);
const server = await serve(config, { times: QUICK, openEngine: () => engine });
Deno.stdout.writeSync(new TextEncoder().encode(`${server.url}\n`));
