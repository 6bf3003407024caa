import { chosenTargets, compileArguments, ownFlags, TARGETS } from "../../extension/package/compile.ts";
import { assert, assertEquals, assertThrows } from "../assert.ts";

Deno.test("a compiled file may do what the start task names, the home of its maker left out", () => {
  const start = "deno run --v8-flags=--one,--two --allow-env --allow-net --deny-write=/etc " +
    "--allow-run=ssh,$HOME/.docker/cli-plugins/docker-compose,/usr/bin/docker-compose mod.ts serve";
  assertEquals(ownFlags(start), [
    "--v8-flags=--one,--two",
    "--allow-env",
    "--allow-net",
    "--deny-write=/etc",
    "--allow-run=ssh,/usr/bin/docker-compose",
  ]);
});

Deno.test("of the real start task V8's flags and five permissions stay, each program by its name", () => {
  const names = ownFlags().map((flag) => flag.split("=")[0]);
  assertEquals(names, [
    "--v8-flags",
    "--allow-env",
    "--allow-read",
    "--allow-write",
    "--allow-net",
    "--allow-run",
  ]);
  assert(ownFlags().every((flag) => flag !== "--allow-run" && !flag.includes("$")), ownFlags().join(" "));
});

Deno.test("the dashboard goes into the file, packages that only tests need do not", () => {
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

Deno.test("this platform, a named one, or all", () => {
  assertEquals(chosenTargets([], "aarch64-apple-darwin").map(({ name }) => name), ["macos-arm64"]);
  assertEquals(chosenTargets(["windows-x64"]).map(({ name }) => name), ["windows-x64"]);
  assertEquals(chosenTargets(["--all"]), TARGETS);
  const systems = TARGETS.map(({ name }) => name.split("-"));
  assertEquals(new Set(systems.map(([system]) => system)), new Set(["linux", "macos", "windows"]));
  assertThrows(() => chosenTargets(["beos"]), Error, 'Cannot compile for "beos": expected one of linux-x64');
});
