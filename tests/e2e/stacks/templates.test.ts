/** Every template of the dashboard is deployed on a real engine, with stand-ins for its images. */
import { TEMPLATES } from "../../../extension/ui/src/features/stacks/templates/catalog.ts";
import {
  filledEnv,
  imagesOf,
  type Template,
} from "../../../extension/ui/src/features/stacks/templates/template.ts";
import { run } from "../../../tools/engine/run.ts";
import type { Server } from "../../../server/serve.ts";
import { assertEquals } from "../../assert.ts";
import { freePort } from "../../free_port.ts";
import { temporaryFolder } from "../../fakes/folder.ts";
import { busybox, docker, realEngines } from "../engines.ts";
import { call, create, projectName, serveStacks, statesOf } from "../stacks.ts";

const [engine] = await realEngines();
const AT_ONCE = 4;
/** Programs that the templates start or check with; the stand-in has them as scripts. */
const SERVERS = ["redis-server", "cron.sh"];
const CHECKS = ["pg_isready", "healthcheck.sh", "redis-cli"];

/** An image that runs whatever a template starts, and passes its health checks; it exists for one scope. */
async function standIn(): Promise<{ readonly image: string } & AsyncDisposable> {
  const image = `dockstat-test/template:${crypto.randomUUID().slice(0, 8)}`;
  using folder = temporaryFolder({});
  const script = async (path: string, line: string) => {
    await Deno.writeTextFile(folder.path(path), `#!/bin/sh\n${line}\n`, { mode: 0o755 });
  };
  await Deno.mkdir(folder.path("bin"));
  await Deno.copyFile(await busybox(), folder.path("bin/busybox"));
  await Deno.chmod(folder.path("bin/busybox"), 0o755);
  for (const applet of ["sh", "sleep", "echo", "grep"]) {
    await Deno.symlink("busybox", folder.path(`bin/${applet}`));
  }
  for (const name of SERVERS) await script(`bin/${name}`, "exec sleep 1000");
  for (const name of CHECKS) await script(`bin/${name}`, "echo PONG");
  await Deno.symlink("bin/cron.sh", folder.path("cron.sh"));
  await run("tar", ["-cf", folder.path("image.tar"), "-C", folder.path(""), "bin", "cron.sh"]);
  // Options of a command become arguments of the script.
  const entry =
    'ENTRYPOINT ["sh", "-c", "case \\"$0\\" in sh) exec \\"$0\\" \\"$@\\";; *) exec sleep 1000;; esac"]';
  await docker(engine, "import", "-c", entry, "-c", 'CMD ["-"]', folder.path("image.tar"), image);
  return {
    image,
    async [Symbol.asyncDispose]() {
      await docker(engine, "image", "rm", image);
    },
  };
}

/** Deploys a template with another image and free ports. */
async function deploy(server: Server, template: Template, image: string): Promise<void> {
  await using project = projectName(engine);
  const env = filledEnv(template).replace(/^(\w*PORT)=\d+$/gm, (_, name) => `${name}=${freePort()}`);
  const { status, body: checked } = await call(server, "POST", "/stacks/validate", {
    compose: template.compose,
    env,
  });
  assertEquals([template.name, status, checked.warnings], [template.name, 200, []]);
  const compose = imagesOf(template.compose).reduce(
    (text, name) => text.replaceAll(`image: ${name}\n`, `image: ${image}\n    stop_grace_period: 0s\n`),
    template.compose,
  );
  const id = await create(server, { name: project.name, compose, env, deploy: false });
  const { body } = await call(server, "POST", `/stacks/${id}/deploy?wait=1`);
  assertEquals([template.name, body.state, body.error], [template.name, "succeeded", null]);
  const states = await statesOf(engine, project.name);
  assertEquals(states, checked.services.map(() => "running"), template.name);
}

Deno.test("every template is accepted by Compose without a warning, and all its services run", async () => {
  await using stand = await standIn();
  await using server = await serveStacks(engine);
  const waiting = [...TEMPLATES];
  await Promise.all(Array.from({ length: AT_ONCE }, async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      await deploy(server, next, stand.image);
    }
  }));
});
