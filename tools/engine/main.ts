/**
 * `deno task engine`: a container engine and Compose v2 for this machine, if it has none.
 *
 * `--distribution` takes the machine's own instead of the newest; `--tests` both, side by side.
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
  "No container engine with Compose v2 answers, and this machine is not a Debian or Ubuntu where the " +
  "command is run as root: install Docker Engine 20.10 or newer and Compose 2.20 or newer " +
  "(https://docs.docker.com/engine/install/), start the engine, and run the command again.";

function say(line: string): void {
  Deno.stdout.writeSync(new TextEncoder().encode(`${line}\n`));
}

async function main(args: readonly string[]): Promise<number> {
  const unknown = args.find((arg) => !["--distribution", "--tests"].includes(arg));
  if (unknown !== undefined) {
    say(`There is no flag "${unknown}": allowed are --distribution and --tests`);
    return 2;
  }
  const mayInstall = await canInstall();
  const socket = Deno.env.get("DOCKER_HOST")?.replace(/^unix:\/\//, "") ?? NEWEST.socket;
  const running = await engineVersion(socket);
  if (!mayInstall && (running === undefined || await composeVersion() === undefined)) {
    say(MISSING);
    return 1;
  }
  const alone = args.includes("--distribution") && running === undefined;
  const main = alone ? { ...NEWEST, name: DISTRIBUTION.name } : NEWEST;
  say(`Engine ${running ?? await ensureEngine(main, say)} answers on ${socket}`);
  say(`Compose ${await composeVersion() ?? await ensureCompose(say)} answers`);
  if (args.includes("--tests") && mayInstall) {
    say(`Engine ${await ensureEngine(DISTRIBUTION, say)} answers on ${DISTRIBUTION.socket}`);
    say(`Compose ${await ensureOlderCompose(say)} is there beside it`);
    await ensureRegistry(say);
    await ensureBaseSystem(say);
    const browser = await ensureBrowser(say);
    say(
      browser === undefined
        ? `There is no browser: the dashboard's tests need one; ${BROWSER_MISSING}`
        : `The browser is ${browser}`,
    );
  }
  return 0;
}

try {
  Deno.exit(await main(Deno.args));
} catch (error) {
  say(error instanceof Error ? error.message : String(error));
  Deno.exit(1);
}
