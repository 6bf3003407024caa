import {
  addressesOf,
  checkCompose,
  checkIcon,
  checkPage,
  readMetadata,
} from "../../extension/package/file_rules.ts";
import { assert, assertEquals, assertStringIncludes } from "../assert.ts";
import { repositoryFile } from "./dockerfile.ts";

const METADATA = await repositoryFile("metadata.json");
const COMPOSE = await repositoryFile("extension/compose.yaml");
const ICON = await repositoryFile("extension/ui/public/icon.svg");

Deno.test("metadata.json, the compose file and the icon meet the rules of Docker Desktop", () => {
  assert(!Array.isArray(readMetadata(METADATA)));
  assertEquals(checkCompose(COMPOSE), []);
  assertEquals(checkIcon(ICON), []);
});

Deno.test("reports a mistake in metadata.json with its key", () => {
  const cases: readonly (readonly [from: string, to: string, message: string])[] = [
    ['"icon": "icon.svg",', '"icon": "icon.svg", "name": "DockStat",', "name: found an unknown key"],
    ['"icon": "icon.svg",', "", "icon: missing"],
    ['"composefile"', '"image": "x", "composefile"', "vm.image: found an unknown key"],
    ['"composefile": "compose.yaml",', "", "vm.composefile: missing"],
    ['"backend.sock"', '"/run/backend.sock"', "vm.exposes.socket"],
    ['"/dockstat/dist/ui"', '""', 'ui.dashboard-tab.root: found ""'],
  ];
  for (const [from, to, message] of cases) {
    const [sentence, ...others] = readMetadata(METADATA.replace(from, to)) as string[];
    assertEquals(others, []);
    assertStringIncludes(sentence ?? "nothing", `metadata.json: ${message}`);
  }
  assertStringIncludes((readMetadata("{") as string[])[0] ?? "", "is not JSON");
});

Deno.test("reports what prevents the compose file from running in Docker Desktop", () => {
  const cases: readonly (readonly [from: string, to: string, message: string])[] = [
    ["127.0.0.1::9876", "127.0.0.1:9876:9876", "one that the engine chooses"],
    ["127.0.0.1::9876", "9876", "one that the engine chooses"],
    ["docker.sock:/var", "docker.sock.raw:/var", "expected /var/run/docker.sock"],
    ["${DESKTOP_PLUGIN_IMAGE}", "dockstat/dockstat:0.1.0", "which Desktop replaces"],
    ["read_only: true", "container_name: dockstat", "container_name is not allowed"],
    [
      "volumes:\n  data:",
      "  other:\n    image: x\nvolumes:\n  data:",
      "Desktop reaches the first service only",
    ],
  ];
  for (const [from, to, message] of cases) {
    const [sentence, ...others] = checkCompose(COMPOSE.replace(from, () => to));
    assertEquals(others, []);
    assertStringIncludes(sentence ?? "nothing", message);
  }
  assertEquals(checkCompose("volumes: {}"), ["compose file: it has no services"]);
});

Deno.test("a page that is opened from a file may only load relative addresses", () => {
  const page = '<link rel="icon" href="./icon.svg"><script type="module" src="/assets/index.js"></script>';
  assertEquals(addressesOf(page), ["./icon.svg", "/assets/index.js"]);
  assertEquals(checkPage(page).length, 1);
  assertEquals(checkPage(page.replace("/assets", "./assets")), []);
});

Deno.test("refuses an icon that is not square or that loads another file", () => {
  assertEquals(checkIcon('<svg viewBox="0 0 64 32"></svg>').length, 1);
  assertEquals(
    checkIcon('<svg viewBox="0 0 64 64"><image href="https://example.org/a.png"/></svg>').length,
    1,
  );
  assertEquals(checkIcon('<svg viewBox="0 0 64 64"><rect fill="url(#a)"/></svg>'), []);
});
