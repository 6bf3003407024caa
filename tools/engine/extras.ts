/** Requirements of tests alone: an older Compose, a registry to pull from, and a browser. */
import { aptInstall, suites, unpack } from "./packages.ts";
import { tryRun } from "./run.ts";

const HOME = "/var/lib/dockstat-engines";

/** A folder for `DOCKER_CONFIG`, in which a Compose of before 2.29 is the plugin: its progress is plain text. */
export const OLDER_COMPOSE = `${HOME}/compose-older/docker`;
/** A registry that keeps everything in a folder of the test's. */
export const REGISTRY = `${HOME}/registry/usr/bin/docker-registry`;

/** Unpacks the Compose of Debian 13, wherever this machine's archive has it; `undefined` when it has not. */
export async function ensureOlderCompose(say: (line: string) => void): Promise<string | undefined> {
  const plugin = `${OLDER_COMPOSE}/cli-plugins/docker-compose`;
  const version = await tryRun(plugin, ["version", "--short"]);
  if (version !== undefined) return version;
  const { newest } = await suites();
  const [suite, name] = newest === "devel" ? ["noble", "docker-compose-v2"] : ["trixie", "docker-compose"];
  say(`Unpacking an older Compose below ${HOME}/compose-older …`);
  await unpack(suite, [name], `${HOME}/compose-older`);
  await Deno.mkdir(`${OLDER_COMPOSE}/cli-plugins`, { recursive: true });
  for (const folder of ["libexec", "lib"]) {
    const found = `${HOME}/compose-older/usr/${folder}/docker/cli-plugins/docker-compose`;
    if (await tryRun(found, ["version", "--short"]) !== undefined) await Deno.copyFile(found, plugin);
  }
  return await tryRun(plugin, ["version", "--short"]);
}

/** Unpacks a registry of the machine's own suite. */
export async function ensureRegistry(say: (line: string) => void): Promise<void> {
  if (await tryRun(REGISTRY, ["--version"]) !== undefined) return;
  say(`Unpacking a registry below ${HOME}/registry …`);
  await unpack((await suites()).own, ["docker-registry"], `${HOME}/registry`);
}

/** Where Chromium and Chrome are installed, on each system. */
const BROWSERS = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/snap/bin/chromium",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
  "C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe",
];

/** Advice for machines without a browser. */
export const BROWSER_MISSING =
  'needs Chromium or Chrome: on Debian "deno task engine --tests" installs it as root, elsewhere install one of them';

/** The browser of this machine; `undefined` without one. */
export function findBrowser(): string | undefined {
  return BROWSERS.find((path) => {
    try {
      return Deno.statSync(path).isFile;
    } catch {
      // It is not at this place.
      return false;
    }
  });
}

/** Installs Debian's Chromium if this machine has no browser; Ubuntu's needs snap, so there it is only said. */
export async function ensureBrowser(say: (line: string) => void): Promise<string | undefined> {
  const found = findBrowser();
  if (found !== undefined || (await suites()).newest === "devel") return found;
  say("Installing Chromium …");
  await aptInstall(["chromium", "fonts-liberation"]);
  return findBrowser();
}
