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
import {
  BROWSER_MISSING,
  ensureBrowser,
  ensureFirefox,
  ensureNginx,
  ensureOlderCompose,
  ensurePrometheus,
  ensureRegistry,
  ensureSshd,
  FIREFOX_MISSING,
} from "./extras.ts";
import { canInstall } from "./packages.ts";
import { Progress } from "./progress.ts";

const MISSING =
  "No container engine with Compose v2 is running, and this command can only install one as root on Debian or " +
  "Ubuntu. Install Docker Engine 20.10 or newer and Compose 2.20 or newer " +
  "(https://docs.docker.com/engine/install/), start the engine, and run the command again.";

function print(line: string): void {
  Deno.stdout.writeSync(new TextEncoder().encode(`${line}\n`));
}

const HELP = `Usage: deno task engine [--distribution | --tests]

Installs and starts the newest Docker Engine and Compose v2 if none runs (Debian or Ubuntu, as root).

  --distribution  the machine's own engine instead
  --tests         both engines side by side, a second Compose, a registry, nginx, Prometheus, browsers (2 GB)

CONTRIBUTING.md explains how to stop and remove them.`;

async function main(args: readonly string[]): Promise<number> {
  if (args.includes("--help")) {
    print(HELP);
    return 0;
  }
  const unknown = args.find((arg) => !["--distribution", "--tests"].includes(arg));
  if (unknown !== undefined) {
    print(`Unknown flag "${unknown}": allowed are --distribution, --tests and --help`);
    return 2;
  }
  const mayInstall = await canInstall();
  const socket = Deno.env.get("DOCKER_HOST")?.replace(/^unix:\/\//, "") ?? NEWEST.socket;
  const running = await engineVersion(socket);
  if (!mayInstall && (running === undefined || await composeVersion() === undefined)) {
    print(MISSING);
    return 1;
  }
  using progress = new Progress(print);
  const { report } = progress;
  const only = args.includes("--distribution") && running === undefined;
  const main = only ? { ...NEWEST, name: DISTRIBUTION.name } : NEWEST;
  report(`Engine ${running ?? await ensureEngine(main, report)} answers on ${socket}`);
  report(`Compose ${await composeVersion() ?? await ensureCompose(report)} answers`);
  if (args.includes("--tests") && mayInstall) {
    report(`Engine ${await ensureEngine(DISTRIBUTION, report)} answers on ${DISTRIBUTION.socket}`);
    report(`Compose ${await ensureOlderCompose(report)} is installed beside it`);
    await ensureRegistry(report);
    report(`nginx is ${await ensureNginx(report)}`);
    report(`Prometheus is ${await ensurePrometheus(report)}`);
    report(`The ssh server is ${await ensureSshd(report)}`);
    await ensureBaseSystem(report);
    const browser = await ensureBrowser(report);
    report(
      browser === undefined
        ? `There is no browser for the tests of the dashboard, which ${BROWSER_MISSING}`
        : `The browser is ${browser}`,
    );
    const firefox = await ensureFirefox(report);
    report(firefox === undefined ? `One test ${FIREFOX_MISSING}` : `The other browser is ${firefox}`);
  }
  return 0;
}

try {
  Deno.exit(await main(Deno.args));
} catch (error) {
  print(error instanceof Error ? error.message : String(error));
  Deno.exit(1);
}
