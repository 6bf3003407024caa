/** Tests that facts which the packaging repeats are the same everywhere. */
import { startFlags } from "../../extension/package/compile.ts";
import { VERSION } from "../../server/version.ts";
import { assert, assertEquals } from "../assert.ts";
import { dockerfileLabels, repositoryFile } from "./dockerfile.ts";

const DOCKERFILE = await repositoryFile("Dockerfile");
const COMMAND = await repositoryFile("extension/dockstat");

function flagsOf(text: string): string[] {
  return [...text.matchAll(/\s(--(?:v8-flags|allow-\w+)(?:=\S+)?)/g)].map(([, flag]) => flag!);
}

Deno.test("the command of the image has the V8 flags of the start task and none of its permissions in excess", () => {
  const start = new Map(startFlags().map((flag) => [flag.split("=")[0], flag]));
  const image = new Map(flagsOf(COMMAND).map((flag) => [flag.split("=")[0], flag]));
  assertEquals([...image.keys()], [...start.keys()]);
  assertEquals(image.get("--v8-flags"), start.get("--v8-flags"));
  for (const flag of ["--allow-run", "--allow-sys"]) {
    const allowed = (flags: typeof start) => flags.get(flag)!.split("=")[1]!.split(",");
    assertEquals(allowed(image).filter((value) => !allowed(start).includes(value)), []);
  }
  assert(image.get("--allow-write") !== "--allow-write", "the image names what may be written");
});

Deno.test("the command of the image is executable", async () => {
  const { mode } = await Deno.stat(new URL("../../extension/dockstat", import.meta.url));
  assert(Deno.build.os === "windows" || (mode ?? 0) % 2 === 1, "extension/dockstat is not executable");
});

Deno.test("the image builds the dashboard and the server with the permissions of the tasks", async () => {
  const { tasks } = JSON.parse(await repositoryFile("deno.json"));
  const joined = DOCKERFILE.replace(/\\\n\s*/g, "");
  for (const [task, script] of [["ui", "build"], ["server", "build_server"]] as const) {
    const permissions = (text: string) =>
      new RegExp(`deno run (--allow[^&]*?)\\s+${script}\\.ts`).exec(text)?.[1];
    const given = permissions(tasks[task].command);
    assert(given !== undefined);
    assertEquals(permissions(joined), given);
  }
});

Deno.test("every file names the same version", async () => {
  assertEquals((await dockerfileLabels())["org.opencontainers.image.version"], VERSION);
  for (const file of ["compose.yaml", "compose.socket-proxy.yaml", "README.md"]) {
    const named = [...(await repositoryFile(file)).matchAll(/dockstat\/dockstat:(\d[\w.-]*)/g)].map((
      [, tag],
    ) => tag);
    assertEquals(named.filter((tag) => tag !== VERSION), [], file);
  }
});

Deno.test("the changelog label mentions this version only", async () => {
  const versions = (await dockerfileLabels())["com.docker.extension.changelog"]?.match(/\d+\.\d+\.\d+/g);
  assertEquals(versions, [VERSION]);
});

Deno.test("all links in the labels lead to one repository", async () => {
  const links = Object.values(await dockerfileLabels()).flatMap((text) =>
    text.match(/https:\/\/[^"\s<]+/g) ?? []
  );
  const homes = links.map((link) =>
    new URL(link).pathname.split("/").slice(1, 3).join("/").replace(/#.*/, "")
  );
  assertEquals(new Set(homes).size, 1, homes.join(", "));
});

Deno.test("the pictures in the labels exist in the repository", async () => {
  const { "com.docker.desktop.extension.icon": icon, "com.docker.extension.screenshots": shots } =
    await dockerfileLabels();
  const links = [icon!, ...JSON.parse(shots!).map(({ url }: { readonly url: string }) => url)];
  for (const link of links) {
    const path = new URL(link).pathname.replace(/^\/[^/]+\/[^/]+\/main\//, "");
    assert((await Deno.stat(new URL(`../../${path}`, import.meta.url))).isFile, path);
  }
});

Deno.test("every base image has a plain tag, and the classic builder can read the Dockerfile", () => {
  const bases = [...DOCKERFILE.matchAll(/^FROM (\S+)/gm)].map(([, name]) => name!).filter((name) =>
    name !== "base"
  );
  assertEquals(bases.length, 5);
  for (const base of bases) assert(/^[\w./-]+:(?!latest)[\w.-]+$/.test(base), base);
  assert(!/^# *syntax=|--mount=|--chmod|--link|<<|TARGETARCH|BUILDPLATFORM/m.test(DOCKERFILE));
});

Deno.test("the build context includes everything that the Dockerfile copies", async () => {
  const sent = (await repositoryFile(".dockerignore")).split("\n").filter((line) => line.startsWith("!"))
    .map((line) => line.slice(1));
  const copied = [...DOCKERFILE.matchAll(/^COPY (?!--from)(.+) \S+$/gm)].flatMap(([, paths]) =>
    paths!.split(" ")
  );
  assert(copied.length > 5);
  const missing = copied.filter((path) => !sent.some((one) => path === one || path.startsWith(`${one}/`)));
  assertEquals(missing, []);
});

Deno.test("packages that the built server includes have the version of the server", async () => {
  const page = JSON.parse(await repositoryFile("extension/ui/deno.json")).imports;
  const { imports } = JSON.parse(await repositoryFile("deno.json"));
  for (const name of ["@logtape/logtape", "valibot", "ipaddr.js", "diff", "@std/assert"]) {
    assertEquals(page[name], imports[name]);
  }
});
