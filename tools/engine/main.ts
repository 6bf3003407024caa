/**
 * `deno task engine` installs a container engine and Compose v2 if this machine has none.
 *
 * `--distribution` installs the machine's own engine instead of the newest, `--tests` both side by side.
 */
import { ensureBaseSystem } from "./base_images.ts";
import {
  composeVersion,
  DISTRIBUTION,
  engineVersion,
  ensureCompose,
  ensureEngine,
  NEWEST,
} from "./engines.ts";
import { BROWSER_MISSING, ensureBrowser, ensureOlderCompose, ensureRegistry } from "./extras.ts";
import { canInstall } from "./packages.ts";

const MISSING =
  "No container engine with Compose v2 is running, and this command can only install one as root on Debian or " +
  "Ubuntu. Install Docker Engine 20.10 or newer and Compose 2.20 or newer " +
  "(https://docs.docker.com/engine/install/), start the engine, and run the command again.";

function print(line: string): void {
  Deno.stdout.writeSync(new TextEncoder().encode(`${line}\n`));
}

async function main(args: readonly string[]): Promise<number> {
  const unknown = args.find((arg) => !["--distribution", "--tests"].includes(arg));
  if (unknown !== undefined) {
    print(`Unknown flag "${unknown}": allowed are --distribution and --tests`);
    return 2;
  }
  const mayInstall = await canInstall();
  const socket = Deno.env.get("DOCKER_HOST")?.replace(/^unix:\/\//, "") ?? NEWEST.socket;
  const running = await engineVersion(socket);
  if (!mayInstall && (running === undefined || await composeVersion() === undefined)) {
    print(MISSING);
    return 1;
  }
  const only = args.includes("--distribution") && running === undefined;
  const main = only ? { ...NEWEST, name: DISTRIBUTION.name } : NEWEST;
  print(`Engine ${running ?? await ensureEngine(main, print)} answers on ${socket}`);
  print(`Compose ${await composeVersion() ?? await ensureCompose(print)} answers`);
  if (args.includes("--tests") && mayInstall) {
    print(`Engine ${await ensureEngine(DISTRIBUTION, print)} answers on ${DISTRIBUTION.socket}`);
    print(`Compose ${await ensureOlderCompose(print)} is installed beside it`);
    await ensureRegistry(print);
    await ensureBaseSystem(print);
    const browser = await ensureBrowser(print);
    print(
      browser === undefined
        ? `There is no browser for the tests of the dashboard, which ${BROWSER_MISSING}`
        : `The browser is ${browser}`,
    );
  }
  return 0;
}

try {
  Deno.exit(await main(Deno.args));
} catch (error) {
  print(error instanceof Error ? error.message : String(error));
  Deno.exit(1);
}
