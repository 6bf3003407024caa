import { relative } from "node:path";
import { serve } from "../../server/serve.ts";
import { assertEquals } from "../assert.ts";
import { freshFolder, testConfig } from "../client.ts";
import { realEngines } from "./engines.ts";
import { act, create, projectName, services, up, WEB } from "./stacks.ts";

const [engine] = await realEngines();

Deno.test("runs stacks with a relative data folder", async () => {
  const data = relative(Deno.cwd(), freshFolder());
  await using project = projectName(engine);
  await using server = await serve(
    testConfig([{ kind: "docker", id: "Localhost", endpoint: { url: engine.url } }], { data }),
  );
  await up(server);
  const stackId = await create(server, {
    name: project.name,
    compose: services(WEB),
    env: "A=1\n",
    deploy: false,
  });
  assertEquals(await act(server, stackId, "deploy"), "succeeded");
  assertEquals(await act(server, stackId, "stop"), "succeeded");
});
