/**
 * The server under measurement: simulated containers on one host or many, with labels of sites.
 *
 * `server.ts HOSTS CONTAINERS TOKEN [PORT]`; the containers are spread over the hosts.
 */
import { DEFAULT_LIMITS } from "../../server/config/limits.ts";
import { openSimulatedEngine } from "../../server/docker/simulated/simulated.ts";
import { serve } from "../../server/serve.ts";
import { testConfig } from "../../tests/client.ts";

const SITES = ["amsterdam", "berlin", "lisbon", "oslo", "vienna"];
/** More sockets than any point opens. */
const SOCKETS = 10_000;

const [hosts = 1, containers = 12] = Deno.args.map(Number);
const [, , token = "", port = "0"] = Deno.args;

const configured = Array.from({ length: hosts }, (_, index) => ({
  ...{ kind: "docker" as const, id: `host-${String(index + 1).padStart(2, "0")}` },
  endpoint: { url: `tcp://10.0.0.${index + 1}:2375` },
  labels: { site: SITES[index % SITES.length]!, rack: `r${index % 4 + 1}` },
}));
const engines = new Map(
  configured.map(({ id }, index) => {
    const share = Math.floor(containers / hosts) + (index < containers % hosts ? 1 : 0);
    return [id, openSimulatedEngine({ containers: share, seed: index + 1 })];
  }),
);
const config = testConfig(configured);
await using server = await serve({
  ...config,
  access: { ...config.access, token },
  listen: { ...config.listen, port: Number(port) },
  limits: { ...DEFAULT_LIMITS, sockets: SOCKETS, socketsPerPeer: SOCKETS },
  reader: "engine",
  // The past of 10,000 containers would take memory that this does not measure.
  history: { keepMs: 60_000, always: false },
}, { openEngine: ({ id }) => engines.get(id)! });
Deno.stdout.writeSync(new TextEncoder().encode(`${server.url}\n`));
await new Promise(() => {});
