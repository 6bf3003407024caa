import { chosenTargets, compileArguments, startFlags, TARGETS } from "../../extension/package/compile.ts";
import { assert, assertEquals, assertThrows } from "../assert.ts";

Deno.test("a compiled file gets the permissions of the start task, except programs below the home folder", () => {
  const start = "deno run --v8-flags=--one,--two --allow-env --allow-net --deny-write=/etc " +
    "--allow-run=ssh,$HOME/.docker/cli-plugins/docker-compose,/usr/bin/docker-compose mod.ts serve";
  assertEquals(startFlags(start), [
    "--v8-flags=--one,--two",
    "--allow-env",
    "--allow-net",
    "--deny-write=/etc",
    "--allow-run=ssh,/usr/bin/docker-compose",
  ]);
});

Deno.test("keeps the V8 flags and six permissions of the start task, with each program by name", () => {
  const names = startFlags().map((flag) => flag.split("=")[0]);
  assertEquals(names, [
    "--v8-flags",
    "--allow-env",
    "--allow-read",
    "--allow-write",
    "--allow-net",
    "--allow-sys",
    "--allow-run",
  ]);
  assert(startFlags().every((flag) => flag !== "--allow-run" && !flag.includes("$")), startFlags().join(" "));
});

Deno.test("includes the dashboard and excludes packages that only tests need", () => {
  const args = compileArguments({ triple: "x86_64-pc-windows-msvc", name: "windows-x64" }, "out");
  assertEquals(args.slice(0, 5), [
    "compile",
    "--target",
    "x86_64-pc-windows-msvc",
    "--output",
    "out/dockstat-windows-x64.exe",
  ]);
  assert(args.includes("--exclude-unused-npm") && args.includes("--frozen"));
  assertEquals(args[args.indexOf("--include") + 1], "dist/ui");
  assertEquals(args.at(-1), "mod.ts");
});

Deno.test("compiles for Linux with all permissions and the entry that gives some up, and for others without", () => {
  for (const target of TARGETS) {
    const args = compileArguments(target, "out");
    const isLinux = target.name.startsWith("linux");
    assertEquals(args.includes("--allow-all"), isLinux, target.name);
    assertEquals(args.at(-1), isLinux ? "server/compiled/program.ts" : "mod.ts");
    assert(args.some((flag) => flag.startsWith("--v8-flags=")));
  }
});

Deno.test("compiles for this platform, for a named one, or for all", () => {
  assertEquals(chosenTargets([], "aarch64-apple-darwin").map(({ name }) => name), ["macos-arm64"]);
  assertEquals(chosenTargets(["windows-x64"]).map(({ name }) => name), ["windows-x64"]);
  assertEquals(chosenTargets(["--all"]), TARGETS);
  const systems = TARGETS.map(({ name }) => name.split("-"));
  assertEquals(new Set(systems.map(([system]) => system)), new Set(["linux", "macos", "windows"]));
  assertThrows(() => chosenTargets(["beos"]), Error, 'Cannot compile for "beos": expected one of linux-x64');
});
