import { ComposeProgram } from "../../server/compose/compose.ts";
import { AppError } from "../../server/errors.ts";
import { assertEquals, assertRejects, assertStringIncludes } from "../assert.ts";
import { fakeContainer, FakeEngine } from "../fakes/engine.ts";
import { serveStacks } from "../stacks/client.ts";

const INVALID = [
  "WEB",
  "--help",
  "-p",
  "../../x/y",
  "__proto__",
  "_web",
  "we b",
  "wéb",
  "<img src=x>",
  "web\n",
];

/** Starts a server whose engine has a container of each project. */
function serveProjects(...projects: readonly string[]) {
  const containers = projects.map((project, index) =>
    fakeContainer(`c${index}`, { project, service: "s", oneOff: false })
  );
  return serveStacks({ engine: new FakeEngine(...containers) });
}

for (const name of INVALID) {
  Deno.test(`refuses commands on a project called ${JSON.stringify(name)}`, async () => {
    await using it = await serveProjects(name, "web");
    for (const command of ["start", "stop", "restart"]) {
      const { status, body } = await it.call(
        "POST",
        `/projects/Localhost/${encodeURIComponent(name)}/${command}?wait=1`,
      );
      // An encoded separator in a path is malformed, whatever it names.
      if (name.includes("/")) {
        assertEquals(status, 400);
        continue;
      }
      assertEquals([status, body.errors[0].path], [422, "project"]);
      assertStringIncludes(body.errors[0].message, "expected lowercase letters");
    }
    assertEquals(it.compose.runs, []);
  });

  Deno.test(`never gives Compose the project name ${JSON.stringify(name)}`, async () => {
    const compose = new ComposeProgram({ PATH: "/nowhere" });
    const project = { name, endpoint: { url: "unix:///none" } };
    const run = () => compose.run(project, ["stop"], () => {}, new AbortController().signal);
    assertEquals((await assertRejects(run, AppError)).code, "invalid");
  });
}

Deno.test("stops a project with digits, underscores and hyphens in its name", async () => {
  await using it = await serveProjects("0we_b-1");
  assertEquals((await it.call("POST", "/projects/Localhost/0we_b-1/stop?wait=1")).status, 200);
  assertEquals(it.compose.runs.map(({ project }) => project), ["0we_b-1"]);
});

Deno.test("refuses to adopt a project with a name that Compose does not allow", async () => {
  await using it = await serveProjects("WEB");
  const answer = await it.call("POST", "/stacks/adopt", { project: "WEB", hostId: "Localhost" });
  assertEquals(answer.status, 422);
});
