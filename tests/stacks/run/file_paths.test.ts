import { AppError } from "../../../server/errors.ts";
import {
  checkConflicts,
  checkFilePath,
  findWriter,
  isReadUnasked,
} from "../../../server/stacks/run/file_paths.ts";
import { assertEquals, assertThrows } from "../../assert.ts";
import { fakeContainer } from "../../fakes/engine.ts";

for (
  const path of [
    ...["app.env", "conf/app.env", "sub/.env", ".dockerignore", "Dockerfile", "a b/ü.txt", "..a/b..c", "-rf"],
    ...["x".repeat(255), Array.from({ length: 16 }, () => "a").join("/"), "mycompose.yaml", "composer.json"],
  ]
) {
  Deno.test(`a stack can have the file ${JSON.stringify(path.slice(0, 40))}`, () => checkFilePath(path));
}

for (
  const path of [
    ...[
      "",
      "/etc/passwd",
      "a//b",
      "a/",
      "./a",
      "../a",
      "a/../b",
      "a/.",
      "a\\b",
      "a\0b",
      "a\nb",
      "a\u2028b",
      "\ud800",
    ],
    ...[
      "x".repeat(256),
      "ü".repeat(128),
      Array.from({ length: 6 }, () => "x".repeat(200)).join("/"),
      Array.from({ length: 17 }, () => "a").join("/"),
    ],
    ...[
      ".env",
      ".ENV",
      ".git/config",
      "sub/.Git/x",
      "compose.yaml",
      "compose.override.yml",
      "sub/compose.yaml",
    ],
    ...["docker-compose.yml", "docker-compose.prod.yaml", "Compose.YAML"],
  ]
) {
  Deno.test(`a stack cannot have the file ${JSON.stringify(path.slice(0, 40))}`, () => {
    const error = assertThrows(() => checkFilePath(path), AppError);
    assertEquals([error.code, error.issues[0]?.path], ["invalid", "path"]);
  });
}

for (
  const [path, other, conflicts] of [
    ["a", "a", false],
    ["a", "A", true],
    ["a/b", "a", true],
    ["a", "a/b", true],
    ["A/b", "a", true],
    ["a/b", "a/c", false],
    ["ab", "a", false],
  ] as const
) {
  Deno.test(`the file ${path} ${conflicts ? "conflicts" : "does not conflict"} with the file ${other}`, () => {
    if (conflicts) assertThrows(() => checkConflicts([path], [other]), AppError, `has the file "${other}"`);
    else checkConflicts([path], [other]);
  });
}

Deno.test("a stored file may be written again, and files that are written together conflict", () => {
  checkConflicts(["a/b"], ["a/b", "c"]);
  assertThrows(() => checkConflicts(["a", "a/b"], ["a", "a/b"]), AppError, 'has the file "a"');
});

for (
  const [path, writableFolders, state, isMoved] of [
    ["conf/app.env", "/data/stacks/7", "running", true],
    ["conf/app.env", "/var/lib/docker/volumes/d/_data/stacks/7", "running", true],
    ["app.env", "/data/stacks/7", "running", false],
    ["html/a.html", "/data/stacks/7/html", "running", false],
    ["html/a/b.html", "/srv\n/data/stacks/7/html", "paused", true],
    ["conf/app.env", "/data/stacks/7/html", "running", false],
    ["conf/app.env", "/data/stacks/77", "running", false],
    ["conf/app.env", "/data/stacks/7", "exited", false],
    ["conf/app.env", "", "running", false],
  ] as const
) {
  Deno.test(`a ${state} container with ${JSON.stringify(writableFolders)} ${isMoved ? "can" : "cannot"} move folders above ${path}`, () => {
    const found = findWriter({ stackId: 7, folder: null, name: "shop", volumes: [] }, path, [
      fakeContainer("web", { writableFolders, state }),
    ]);
    assertEquals(found?.name, isMoved ? "web" : undefined);
  });
}

const PLACE = { stackId: 7, folder: null, name: "shop", volumes: [] };

for (
  const [volumes, project, path, isMoved] of [
    [[""], "shop", "conf/app.env", true],
    [[""], "shop", "app.env", false],
    [["html"], "shop", "html/a/b", true],
    [["html"], "shop", "conf/app.env", false],
    [[], "shop", "conf/app.env", false],
    [[""], "other", "conf/app.env", false],
  ] as const
) {
  Deno.test(`a volume of ${project} ${isMoved ? "can" : "cannot"} move folders above ${path} with ${JSON.stringify(volumes)}`, () => {
    const container = fakeContainer("web", { project, writableFolders: "volume:v", state: "running" });
    assertEquals(findWriter({ ...PLACE, volumes }, path, [container])?.name, isMoved ? "web" : undefined);
  });
}

for (
  const [path, writableFolders, isMoved] of [
    ["conf/app.env", "/srv/shop", true],
    ["app.env", "/srv/shop", false],
    ["a/b/app.env", "/srv/shop/a", true],
    ["conf/app.env", "/srv/shop2", false],
    ["conf/app.env", "/data/stacks/7", false],
  ] as const
) {
  Deno.test(`a container with ${writableFolders} ${isMoved ? "can" : "cannot"} move folders above ${path} of an adopted stack`, () => {
    const containers = [fakeContainer("web", { writableFolders, state: "running" })];
    const found = findWriter({ ...PLACE, folder: "/srv/shop" }, path, containers);
    assertEquals(found?.name, isMoved ? "web" : undefined);
  });
}

Deno.test("Compose reads compose files at any level by default, and the .env of the folder", () => {
  for (const path of [".env", ".ENV", "compose.yaml", "a/docker-compose.override.yml", "compose.prod.yaml"]) {
    assertEquals(isReadUnasked(path), true, path);
  }
  for (const path of ["a/.env", "app.env", "composer.json", "my-compose.yaml", "compose/x.txt"]) {
    assertEquals(isReadUnasked(path), false, path);
  }
});
