import type { Page } from "playwright-core";
import type { Server } from "../../../server/serve.ts";
import { assert, assertEquals, assertGreaterOrEqual, eventually } from "../../assert.ts";
import { assertAccessibleInThemes, browserTest, openBrowser, screenshot } from "../browser.ts";
import { docker, IMAGE, realEngines, startContainer } from "../engines.ts";
import { serveStacks } from "../stacks.ts";

const [engine] = await realEngines();

/** A new network interface aborts requests of the browser. */
const NO_NETWORK = ["--network=none"];
const uniqueName = () => `dockstat-page-${crypto.randomUUID().slice(0, 8)}`;

const SIZES = [
  { width: 1440, height: 900, lines: 28 },
  { width: 1024, height: 700, lines: 18 },
  { width: 390, height: 844, lines: 6 },
] as const;
/** Writes 300 lines, keeps a core busy for moments, and stays. */
const WRITER = "i=0; while [ $i -lt 300 ]; do echo line $i; i=$((i+1)); done; " +
  "while true; do j=0; while [ $j -lt 20000 ]; do j=$((j+1)); done; busybox sleep 0.2; done";
const PROGRAM = ["busybox", "sh", "-c", WRITER];

const linkTo = (server: Server, id: string, tab = "") => `${server.link}#/containers/Localhost/${id}${tab}`;

/** Returns the elements that can be scrolled vertically, and the width that does not fit. */
function scrolling(page: Page): Promise<{ vertical: number; sideways: number }> {
  return page.evaluate(`({
    vertical: [...document.querySelectorAll("*")].filter((one) =>
      /auto|scroll/.test(getComputedStyle(one).overflowY) && one.scrollHeight > one.clientHeight + 1).length,
    sideways: document.documentElement.scrollWidth - innerWidth,
  })`);
}

for (const { width, height, lines } of SIZES) {
  browserTest(`the log fills the window with one scrollbar at ${width}×${height}`, async () => {
    await using container = await startContainer(engine, uniqueName(), NO_NETWORK, PROGRAM);
    await using server = await serveStacks(engine);
    await using browser = await openBrowser();
    const page = await browser.page(linkTo(server, container.id), { viewport: { width, height } });
    const last = page.getByRole("listitem").filter({ hasText: /line 299$/ });
    // The log scrolls to its end once the line is rendered.
    const { log, row } = await eventually("the last line in the window", async () => {
      const log = (await page.getByRole("log").boundingBox())!;
      const row = (await last.boundingBox())!;
      return row.y + row.height <= height ? { log, row } : undefined;
    });
    assertEquals(await scrolling(page), { vertical: 1, sideways: 0 });
    assertGreaterOrEqual(Math.floor(log.height / row.height), lines);
    await page.getByRole("button", { name: "Pause", exact: true }).waitFor();
    await screenshot(page, `container-logs-${width}`);
  });
}

for (const { width, height } of SIZES) {
  browserTest(`all pages of a container pass axe in both themes at ${width} px`, async () => {
    const options = ["-p", "127.0.0.1::80", "--memory", "64m", "--cpus", "0.5", "-e", "DB_PASSWORD=x"];
    await using container = await startContainer(engine, uniqueName(), options, PROGRAM);
    await using server = await serveStacks(engine);
    await using browser = await openBrowser();
    const page = await browser.page(linkTo(server, container.id), { viewport: { width, height } });
    await page.getByRole("log").waitFor();
    await assertAccessibleInThemes(page, `container-log-${width}`);
    await page.getByRole("tab", { name: "Stats" }).click();
    await page.getByRole("slider", { name: "CPU over time" }).waitFor();
    await page.getByRole("region", { name: "CPU", exact: true }).getByText(/^\d[\d.]* %$/).waitFor();
    await assertAccessibleInThemes(page, `container-stats-${width}`);
    await page.getByRole("tab", { name: "Details" }).click();
    await page.getByRole("button", { name: "Copy as Compose" }).waitFor();
    await assertAccessibleInThemes(page, `container-details-${width}`);
    assertEquals((await scrolling(page)).sideways, 0);
  });
}

browserTest("each page of a container survives a reload, and back leads to the one before", async () => {
  await using container = await startContainer(engine, uniqueName(), NO_NETWORK);
  await using server = await serveStacks(engine);
  await using browser = await openBrowser();
  const page = await browser.page(linkTo(server, container.id));
  await page.getByRole("tab", { name: "Details" }).click();
  await page.reload();
  await page.getByRole("region", { name: "Limits" }).waitFor();
  assertEquals(await page.getByRole("tab", { name: "Details" }).getAttribute("aria-selected"), "true");
  await page.goBack();
  await page.getByRole("log").waitFor();
});

browserTest("the page of a recreated container leads to its successor", async () => {
  const name = uniqueName();
  await using first = await startContainer(engine, name, NO_NETWORK);
  await using server = await serveStacks(engine);
  await using browser = await openBrowser();
  // The details may be requested while the container is being removed.
  const page = await browser.page(linkTo(server, first.id), { mayLog: /404 \(Not Found\)/ });
  await page.getByRole("heading", { name, level: 1 }).waitFor();
  await docker(engine, "rm", "-f", first.id);
  await page.getByText(`Container ${name} was removed`).waitFor();
  await using second = await startContainer(engine, name, NO_NETWORK);
  await page.getByRole("link", { name: `Open ${name}` }).click();
  await page.waitForURL((url) => url.hash.includes(second.id));
  await page.getByRole("heading", { name, level: 1 }).waitFor();
});

browserTest("explains why a container has ended", async () => {
  const command = ["busybox", "sh", "-c", "busybox tail /dev/zero"];
  await using killed = await startContainer(engine, uniqueName(), ["--memory", "8m", ...NO_NETWORK], command);
  await using failed = await startContainer(engine, uniqueName(), NO_NETWORK, [
    "busybox",
    "sh",
    "-c",
    "exit 127",
  ]);
  await using server = await serveStacks(engine);
  await using browser = await openBrowser();
  await eventually("the kill", async () => {
    return await docker(engine, "inspect", "-f", "{{.State.OOMKilled}}", killed.id) === "true";
  });
  const page = await browser.page(linkTo(server, killed.id));
  await page.getByText("out of memory", { exact: true }).waitFor();
  await screenshot(page, "container-out-of-memory");
  const other = await browser.page(linkTo(server, failed.id));
  await other.getByText("exit 127, command not found").waitFor();
});

browserTest("links ports, reveals secrets, and changes limits of a running container", async () => {
  const options = ["-p", "127.0.0.1::80", "--memory", "64m", "-e", "DB_PASSWORD=hunter2", "-e", "MODE=test"];
  await using container = await startContainer(engine, uniqueName(), options);
  const port = (await docker(engine, "port", container.id, "80")).split(":").at(-1)!;
  await using server = await serveStacks(engine);
  await using browser = await openBrowser();
  const page = await browser.page(linkTo(server, container.id, "/details"));
  const link = page.getByRole("region", { name: "Ports" }).getByRole("link");
  assertEquals(await link.getAttribute("href"), `http://127.0.0.1:${port}`);
  const env = page.getByRole("region", { name: "Environment" });
  await env.getByRole("img", { name: "masked" }).waitFor();
  assertEquals((await env.innerText()).includes("hunter2"), false);
  await env.getByRole("button", { name: "Show secrets" }).click();
  await env.getByText("hunter2").waitFor();
  await page.getByRole("button", { name: "Edit limits" }).click();
  await page.getByLabel("CPU, cores").fill("0.25");
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByRole("region", { name: "Limits" }).getByText("0.25 cores").waitFor();
  assertEquals(await docker(engine, "inspect", "-f", "{{.HostConfig.NanoCpus}}", container.id), "250000000");
});

/** Keeps the texts that the page copies. */
const CLIPBOARD = `globalThis.copied = [];
Object.defineProperty(navigator, "clipboard",
  { value: { writeText: (text) => Promise.resolve(void globalThis.copied.push(text)) } });`;

browserTest("a copied command creates the same container, and Compose accepts the copied file", async () => {
  const name = uniqueName();
  const options = [
    ...[...NO_NETWORK, "-e", `QUOTED=it's "$HOME" \`x\``, "--memory", "32m", "--label", "a=b c"],
    ...["--security-opt", "no-new-privileges", "--tmpfs", "/run:size=1m", "--ulimit", "nofile=64:128"],
    ...["--interactive", "--hostname", "twin", "--stop-timeout", "3", "--log-opt", "max-size=1m"],
  ];
  await using container = await startContainer(engine, name, options, [
    "busybox",
    "sh",
    "-c",
    'echo "$0\'s"; busybox sleep 1000',
  ]);
  await using server = await serveStacks(engine);
  await using browser = await openBrowser();
  const page = await browser.page(linkTo(server, container.id, "/details"), { before: CLIPBOARD });
  await page.getByRole("button", { name: "Copy as docker run" }).click();
  await page.getByRole("button", { name: "Copy as Compose" }).click();
  const [command, compose] = await eventually("both texts", async () => {
    const copied = await page.evaluate<string[]>("copied");
    return copied.length === 2 ? copied : undefined;
  });
  const twin = uniqueName();
  const run = command!.replace("docker run", `docker -H ${engine.url} run`).replace(name, twin);
  const made = await new Deno.Command("sh", { args: ["-c", run] }).output();
  assert(made.success, new TextDecoder().decode(made.stderr));
  try {
    const config = ["Cmd", "Env", "Labels", "Hostname", "OpenStdin", "StopTimeout"].map((key) =>
      `{{json .Config.${key}}}`
    );
    const host = ["Memory", "SecurityOpt", "Tmpfs", "Ulimits", "LogConfig"]
      .map((key) => `{{json .HostConfig.${key}}}`);
    const format = [...config, ...host].join(" ");
    const inspect = (one: string) => docker(engine, "inspect", "-f", format, one);
    assertEquals(await inspect(twin), await inspect(name));
  } finally {
    await docker(engine, "rm", "-f", twin);
  }
  const checked = new Deno.Command("docker", {
    args: ["compose", "-f", "-", "config", "--format", "json"],
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const writer = checked.stdin.getWriter();
  await writer.write(new TextEncoder().encode(compose));
  await writer.close();
  const { success, stdout, stderr } = await checked.output();
  assert(success, new TextDecoder().decode(stderr));
  const [service] = Object.values(JSON.parse(new TextDecoder().decode(stdout)).services) as {
    image: string;
    environment: Record<string, string>;
    command: string[];
    security_opt: string[];
    ulimits: unknown;
  }[];
  assertEquals([service?.image, service?.environment.QUOTED], [IMAGE, `it's "$$HOME" \`x\``]);
  assertEquals(service?.command.at(-1), 'echo "$$0\'s"; busybox sleep 1000');
  assertEquals(service?.security_opt, ["no-new-privileges"]);
  assertEquals(service?.ulimits, { nofile: { hard: 128, soft: 64 } });
});
