import { assert, assertEquals, assertStringIncludes, eventually } from "../../assert.ts";
import { freshFolder } from "../../client.ts";
import { fakeContainer, FakeEngine } from "../../fakes/engine.ts";
import { temporaryFolder } from "../../fakes/folder.ts";
import { COMPOSE, serveStacks } from "../client.ts";

/** Adopts a project whose container's labels name these files. */
async function adopt(
  composeFolder: string,
  composeFiles: string,
  composeEnvFiles: string | null = null,
  data = freshFolder(),
) {
  const labels = { project: "shop", service: "web", composeFolder, composeFiles, composeEnvFiles };
  const engine = new FakeEngine(fakeContainer("shop-web-1", labels));
  await using it = await serveStacks({ engine, changes: { data } });
  await eventually("the host", async () => (await it.call("GET", "/docker/hosts")).body[0].state === "up");
  return await it.call("POST", "/stacks/adopt", { project: "shop", hostId: "Localhost" });
}

for (
  const [what, file] of [
    ["an endless device", "/dev/zero"],
    ["a file without a YAML extension", "/etc/passwd"],
    ["a relative path", "compose.yaml"],
  ] as const
) {
  Deno.test(`refuses to read a file that a label names: ${what}`, async () => {
    const { status, body } = await adopt("/tmp", file);
    assertEquals(status, 422);
    assert(!JSON.stringify(body).includes("root:"), JSON.stringify(body));
  });
}

Deno.test("refuses a file that is too long, and a folder", async () => {
  using folder = temporaryFolder({ "long.yaml": "#".repeat(2 * 1024 * 1024) });
  await Deno.mkdir(folder.path("folder.yaml"));
  for (const name of ["long.yaml", "folder.yaml"]) {
    assertEquals((await adopt(folder.path(""), folder.path(name))).status, 422, name);
  }
});

Deno.test("the refusal of a file does not repeat its content", async () => {
  using folder = temporaryFolder({ "secret.yaml": "hunter2secret" });
  const { status, body } = await adopt(folder.path(""), folder.path("secret.yaml"));
  assertEquals(status, 422);
  assert(!JSON.stringify(body).includes("hunter2secret"));
});

Deno.test("adopts a project whose file exists", async () => {
  using folder = temporaryFolder({ "compose.yaml": COMPOSE });
  assertEquals((await adopt(folder.path(""), folder.path("compose.yaml"))).status, 201);
});

Deno.test("refuses several compose files, and names their number", async () => {
  using folder = temporaryFolder({ "compose.yaml": COMPOSE, "compose.override.yaml": COMPOSE });
  const files = ["compose.yaml", "compose.override.yaml"].map((name) => folder.path(name)).join(",");
  const { status, body } = await adopt(folder.path(""), files);
  assertEquals(status, 422);
  assertStringIncludes(body.detail, "it has 2 compose files; merge them into one");
});

Deno.test("reads the environment file that the label names, instead of the .env", async () => {
  using folder = temporaryFolder({ "compose.yaml": COMPOSE, ".env": "PW=wrong", "prod.env": "PW=right" });
  const labels = { composeFolder: folder.path(""), composeFiles: folder.path("compose.yaml") };
  const container = { project: "shop", service: "web", ...labels, composeEnvFiles: folder.path("prod.env") };
  await using it = await serveStacks({ engine: new FakeEngine(fakeContainer("shop-web-1", container)) });
  assertEquals(
    (await it.call("POST", "/stacks/adopt", { project: "shop", hostId: "Localhost" })).status,
    201,
  );
  assertEquals((await it.call("GET", "/stacks/1/compose")).body.env, "PW=right");
  await it.call("PUT", "/stacks/1", { env: "PW=new" });
  assertEquals(Deno.readTextFileSync(folder.path("prod.env")), "PW=new");
  assertEquals(Deno.readTextFileSync(folder.path(".env")), "PW=wrong");
});

for (
  const [what, names, reason] of [
    ["that does not exist", ["none.env"], "does not exist"],
    ["beside another", ["a.env", "b.env"], "it has 2 environment files; merge them into one"],
  ] as const
) {
  Deno.test(`refuses a project with an environment file ${what}`, async () => {
    using folder = temporaryFolder({ "compose.yaml": COMPOSE, "a.env": "", "b.env": "" });
    const env = names.map((name) => folder.path(name)).join(",");
    const { status, body } = await adopt(folder.path(""), folder.path("compose.yaml"), env);
    assertEquals(status, 422);
    assertStringIncludes(body.detail, reason);
  });
}

for (const folder of ["/", "/root", "/root/", "/home", "/home/me", "/Users/me", "//"]) {
  Deno.test(`refuses a project whose folder is ${folder}`, async () => {
    using files = temporaryFolder({ "compose.yaml": COMPOSE });
    const { status, body } = await adopt(folder, files.path("compose.yaml"));
    assertEquals(status, 422);
    assertStringIncludes(body.detail, "expected a folder that only this project uses");
  });
}

Deno.test("refuses a project whose folder is the data folder, below it, or above it", async () => {
  using files = temporaryFolder({ "compose.yaml": COMPOSE, "data/x": "" });
  for (const folder of ["data", "data/texts/1", ""]) {
    const path = files.path(folder).replace(/\/$/, "");
    const { status, body } = await adopt(path, files.path("compose.yaml"), null, files.path("data"));
    assertEquals(status, 422, folder);
    assertStringIncludes(body.detail, "expected a folder that only this project uses");
  }
});

Deno.test("adopts a released stack again, from its texts in the data folder", async () => {
  const data = freshFolder();
  const engine = new FakeEngine();
  await using it = await serveStacks({ engine, changes: { data } });
  const id = await it.create("shop", { env: "A=1", deploy: false });
  await it.call("DELETE", `/stacks/${id}?keep=1`);
  const labels = {
    composeFolder: `${data}/stacks/${id}`,
    composeFiles: `${data}/texts/${id}/run/compose.yaml`,
  };
  const env = { composeEnvFiles: `${data}/texts/${id}/run/.env` };
  engine.put(fakeContainer("shop-web-1", { project: "shop", service: "web", ...labels, ...env }));
  await eventually("the project", async () => (await it.call("GET", "/stacks")).body.length === 1);
  const { status, body } = await it.call("POST", "/stacks/adopt", { project: "shop", hostId: "Localhost" });
  assertEquals(status, 201, JSON.stringify(body));
  assertEquals((await it.call("GET", `/stacks/${body.stack_id}/compose`)).body, {
    compose: COMPOSE,
    env: "A=1",
  });
});

for (const name of ["shadow", "environ", "passwd.conf"]) {
  Deno.test(`refuses an environment file outside of the project's folder that is named ${name}`, async () => {
    using files = temporaryFolder({ "shop/compose.yaml": COMPOSE, [name]: "PW=hunter2secret" });
    Deno.symlinkSync(files.path(name), files.path("prod.env"));
    for (const label of [name, "prod.env"]) {
      const [folder, env] = [files.path("shop"), files.path(label)];
      const { status, body } = await adopt(folder, `${folder}/compose.yaml`, env);
      assertEquals(status, 422);
      assertStringIncludes(body.detail, 'or a name such as "prod.env"');
      assert(!JSON.stringify(body).includes("hunter2secret"));
    }
  });
}

Deno.test("reads an environment file outside of the project's folder with the name of one", async () => {
  using files = temporaryFolder({ "shop/compose.yaml": COMPOSE, ".env.prod": "A=1" });
  const folder = files.path("shop");
  assertEquals((await adopt(folder, `${folder}/compose.yaml`, files.path(".env.prod"))).status, 201);
});

Deno.test("refuses a project whose folder or file is a link into the data folder", async () => {
  using files = temporaryFolder({
    "data/x.yaml": COMPOSE,
    "data/x.env": "A=1",
    "shop/compose.yaml": COMPOSE,
  });
  const [data, shop] = [files.path("data"), files.path("shop")];
  Deno.symlinkSync(data, files.path("link"));
  Deno.symlinkSync(`${data}/x.yaml`, `${shop}/link.yaml`);
  for (
    const [folder, file, env] of [
      [files.path("link"), `${shop}/compose.yaml`, null],
      [shop, `${shop}/link.yaml`, null],
      [shop, `${shop}/compose.yaml`, `${data}/x.env`],
    ] as const
  ) {
    const { status, body } = await adopt(folder, file, env, data);
    assertEquals(status, 422, JSON.stringify(body));
  }
});

Deno.test("refuses a project whose folder belongs to a stack", async () => {
  const data = freshFolder();
  const engine = new FakeEngine();
  await using it = await serveStacks({ engine, changes: { data } });
  const id = await it.create("shop", { deploy: false });
  const composeFolder = `${data}/stacks/${id}`;
  const labels = { composeFolder, composeFiles: `${data}/texts/${id}/run/compose.yaml` };
  engine.put(fakeContainer("evil-web-1", { project: "evil", service: "web", ...labels }));
  await eventually("the project", async () => (await it.call("GET", "/stacks")).body.length === 2);
  const { status, body } = await it.call("POST", "/stacks/adopt", { project: "evil", hostId: "Localhost" });
  assertEquals(status, 422);
  assertStringIncludes(body.detail, `which belongs to stack ${id}`);
});

Deno.test("writes no file of an adopted stack through a link", async () => {
  using files = temporaryFolder({
    "shop/compose.yaml": "services: { web: { image: nginx, env_file: app.env } }",
    "shop/app.env": "A=1",
    "outside": "precious",
  });
  const engine = new FakeEngine(fakeContainer("shop-web-1", {
    project: "shop",
    service: "web",
    composeFolder: files.path("shop"),
    composeFiles: files.path("shop/compose.yaml"),
  }));
  await using it = await serveStacks({ engine });
  assertEquals(
    (await it.call("POST", "/stacks/adopt", { project: "shop", hostId: "Localhost" })).status,
    201,
  );
  Deno.removeSync(files.path("shop/app.env"));
  Deno.symlinkSync(files.path("outside"), files.path("shop/app.env"));
  const { status } = await it.call("PUT", "/stacks/1/files/app.env", "A=2");
  assertEquals(status, 409);
  assertEquals(Deno.readTextFileSync(files.path("outside")), "precious");
});

Deno.test("adopts a released stack of a user's folder again, whose label names a copy that is gone", async () => {
  using files = temporaryFolder({ "shop/compose.yaml": COMPOSE, "data/texts/1/x": "" });
  const [folder, data] = [files.path("shop"), files.path("data")];
  assertEquals((await adopt(folder, `${data}/texts/1/run/compose.yaml`, null, data)).status, 201);
});
