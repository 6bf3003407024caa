/** Additional requirements of tests: an older Compose, a registry, nginx, Prometheus, an ssh server, and two browsers. */
import { aptInstall, ensureStarts, suites, unpack } from "./packages.ts";
import { tryRun } from "./run.ts";

const HOME = "/var/lib/dockstat-engines";

/** Folder for `DOCKER_CONFIG` with a Compose before 2.29, whose progress is plain text. */
export const OLDER_COMPOSE = `${HOME}/compose-older/docker`;
/** Program of a registry that stores everything in a folder of the test. */
export const REGISTRY = `${HOME}/registry/usr/bin/docker-registry`;

/** Unpacks the Compose of Debian 13 from this machine's archive; `undefined` when the archive does not have it. */
export async function ensureOlderCompose(report: (line: string) => void): Promise<string | undefined> {
  const plugin = `${OLDER_COMPOSE}/cli-plugins/docker-compose`;
  const version = await tryRun(plugin, ["version", "--short"]);
  if (version !== undefined) return version;
  const { newest } = await suites();
  const [suite, name] = newest === "devel" ? ["noble", "docker-compose-v2"] : ["trixie", "docker-compose"];
  report(`Unpacking an older Compose below ${HOME}/compose-older …`);
  await unpack(suite, [name], `${HOME}/compose-older`);
  await Deno.mkdir(`${OLDER_COMPOSE}/cli-plugins`, { recursive: true });
  for (const folder of ["libexec", "lib"]) {
    const found = `${HOME}/compose-older/usr/${folder}/docker/cli-plugins/docker-compose`;
    if (await tryRun(found, ["version", "--short"]) !== undefined) await Deno.copyFile(found, plugin);
  }
  return await tryRun(plugin, ["version", "--short"]);
}

/** Unpacks a registry of the machine's suite. */
export async function ensureRegistry(report: (line: string) => void): Promise<void> {
  if (await tryRun(REGISTRY, ["--version"]) !== undefined) return;
  report(`Unpacking a registry below ${HOME}/registry …`);
  await unpack((await suites()).own, ["docker-registry"], `${HOME}/registry`);
}

/** Paths of nginx: that of {@linkcode ensureNginx}, and those of each system. */
const NGINX = [
  `${HOME}/nginx/usr/sbin/nginx`,
  "/usr/sbin/nginx",
  "/usr/local/sbin/nginx",
  "/usr/local/bin/nginx",
  "/opt/homebrew/bin/nginx",
];

/** Advice for machines without nginx. */
export const NGINX_MISSING =
  'needs nginx: on Debian and Ubuntu "deno task engine --tests" unpacks it as root, elsewhere install it yourself';

/** Returns the path of nginx; `undefined` without it. */
export function findNginx(): string | undefined {
  return NGINX.find(isFile);
}

/** Unpacks nginx of the machine's suite if this machine has none; installing it would start it on port 80. */
export async function ensureNginx(report: (line: string) => void): Promise<string> {
  const found = findNginx();
  if (found !== undefined) return found;
  report(`Unpacking nginx below ${HOME}/nginx …`);
  const libraries = await unpack((await suites()).own, ["nginx"], `${HOME}/nginx`);
  const [program] = NGINX;
  await ensureStarts(program!, libraries, "-v");
  return program!;
}

/** Paths of Prometheus: that of {@linkcode ensurePrometheus}, and those of each system. */
const PROMETHEUS = [
  `${HOME}/prometheus/usr/bin/prometheus`,
  "/usr/bin/prometheus",
  "/usr/local/bin/prometheus",
  "/opt/homebrew/bin/prometheus",
];

/** Advice for machines without Prometheus. */
export const PROMETHEUS_MISSING =
  'needs Prometheus: on Debian and Ubuntu "deno task engine --tests" unpacks it as root, elsewhere install it yourself';

/** Returns the path of Prometheus; `undefined` without it. */
export function findPrometheus(): string | undefined {
  return PROMETHEUS.find(isFile);
}

/** Unpacks Prometheus of the machine's suite if this machine has none; installing it would start it. */
export async function ensurePrometheus(report: (line: string) => void): Promise<string> {
  const found = findPrometheus();
  if (found !== undefined) return found;
  report(`Unpacking Prometheus below ${HOME}/prometheus …`);
  const libraries = await unpack((await suites()).own, ["prometheus"], `${HOME}/prometheus`);
  const [program] = PROMETHEUS;
  await ensureStarts(program!, libraries, "--version");
  return program!;
}

/** Folder of the ssh server that {@linkcode ensureSshd} unpacks. */
export const SSHD_HOME = `${HOME}/sshd`;

/** Advice for machines without an ssh server. */
export const SSHD_MISSING =
  'needs sshd: on Debian and Ubuntu "deno task engine --tests" unpacks it as root, elsewhere install openssh-server';

/** Returns the path of the ssh server; `undefined` without it. */
export function findSshd(): string | undefined {
  return [`${SSHD_HOME}/usr/sbin/sshd`, "/usr/sbin/sshd"].find(isFile);
}

/** Unpacks the ssh server of the machine's suite if this machine has none; installing it would start it on port 22. */
export async function ensureSshd(report: (line: string) => void): Promise<string> {
  const found = findSshd();
  if (found !== undefined) return found;
  report(`Unpacking an ssh server below ${SSHD_HOME} …`);
  const libraries = await unpack((await suites()).own, ["openssh-server"], SSHD_HOME);
  const program = `${SSHD_HOME}/usr/sbin/sshd`;
  await ensureStarts(program, libraries, "-V");
  return program;
}

/** Paths of Chromium and Chrome on each system. */
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
  'needs Chromium or Chrome: on Debian "deno task engine --tests" installs it as root, elsewhere install it yourself';

/** Returns the path of the browser of this machine; `undefined` without one. */
export function findBrowser(): string | undefined {
  return BROWSERS.find(isFile);
}

function isFile(path: string): boolean {
  try {
    return Deno.statSync(path).isFile;
  } catch {
    // Not at this path.
    return false;
  }
}

/** Installs Debian's Chromium if this machine has no browser; on Ubuntu, where it needs snap, it does nothing. */
export async function ensureBrowser(report: (line: string) => void): Promise<string | undefined> {
  const found = findBrowser();
  if (found !== undefined || (await suites()).newest === "devel") return found;
  report("Installing Chromium …");
  await aptInstall(["chromium", "fonts-liberation"]);
  return findBrowser();
}

/** Paths of Firefox on each system. */
const FIREFOXES = [
  "/usr/bin/firefox-esr",
  "/usr/bin/firefox",
  "/Applications/Firefox.app/Contents/MacOS/firefox",
  "C:\\Program Files\\Mozilla Firefox\\firefox.exe",
];

/** Advice for machines without Firefox. */
export const FIREFOX_MISSING =
  'needs Firefox: on Debian "deno task engine --tests" installs it as root, elsewhere install it yourself';

/** Returns the path of Firefox; `undefined` without it. */
export function findFirefox(): string | undefined {
  return FIREFOXES.find(isFile);
}

/** Installs Debian's Firefox if this machine has none; on Ubuntu, where it needs snap, it does nothing. */
export async function ensureFirefox(report: (line: string) => void): Promise<string | undefined> {
  const found = findFirefox();
  if (found !== undefined || (await suites()).newest === "devel") return found;
  report("Installing Firefox …");
  await aptInstall(["firefox-esr"]);
  return findFirefox();
}
