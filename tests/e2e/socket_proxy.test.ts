/** Tests that compose.socket-proxy.yaml grants exactly the access that DockStat needs. */
// @ts-types="../../server/types/yaml.d.ts"
import { parse } from "@std/yaml";
import { serve } from "../../server/serve.ts";
import { assertEquals, eventually } from "../assert.ts";
import { TestClient, testConfig, TOKEN } from "../client.ts";
import { repositoryFile } from "../extension/dockerfile.ts";
import { startSocketProxy } from "../fakes/socket_proxy.ts";
import { realEngines, startContainer } from "./engines.ts";
import { act, create, projectName, serveStacks, services, statesOf, WEB } from "./stacks.ts";

const [engine] = await realEngines();
const SOCKET = engine.url.replace("unix://", "");

interface ComposeFile {
  readonly services: Readonly<Record<string, { readonly environment: Readonly<Record<string, string>> }>>;
}

/** Reads the grants of the proxy from the file. */
async function grants(): Promise<Readonly<Record<string, string>>> {
  const file = parse(await repositoryFile("compose.socket-proxy.yaml")) as ComposeFile;
  return file.services["socket-proxy"]!.environment;
}

Deno.test("stats and output need no more than the granted access", async () => {
  await using proxy = await startSocketProxy(SOCKET, await grants());
  await using container = await startContainer(engine, `dockstat-e2e-${crypto.randomUUID().slice(0, 8)}`);
  await using server = await serveStacks(proxy);
  await using client = new TestClient(server.url, `/docker/stats?container=${container.id}`);
  await client.frame("the container", ({ state }) => state === "running");
  await using output = new TestClient(server.url, `/logs/ws?container=${container.id}`, TOKEN);
  await output.frame("the greeting", ({ message }) => message !== undefined);
  assertEquals(proxy.refused, []);
});

Deno.test("DockStat uses every granted access", async () => {
  const all = await grants();
  for (const [name] of Object.entries(all).filter(([, value]) => value === "1")) {
    await using proxy = await startSocketProxy(SOCKET, { ...all, [name]: "0" });
    const host = { kind: "docker" as const, id: "Localhost", endpoint: { url: proxy.url } };
    await using _server = await serve(testConfig([host]));
    await eventually(`a refusal without ${name}`, () => proxy.refused.length > 0);
  }
});

Deno.test("stacks need the other access that the file names, and no more", async () => {
  const named = Object.keys(await grants()).map((name) => [name, "1"]);
  await using proxy = await startSocketProxy(SOCKET, Object.fromEntries(named));
  await using project = projectName(engine);
  await using server = await serveStacks(proxy);
  const stackId = await create(server, { name: project.name, compose: services(WEB), deploy: false });
  assertEquals([await act(server, stackId, "deploy"), await statesOf(engine, project.name)], [
    "succeeded",
    ["running"],
  ]);
  assertEquals(await act(server, stackId, "stop"), "succeeded");
  assertEquals(proxy.refused, []);
});
