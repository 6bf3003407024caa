/** Files that GitHub reads. */
import { validateWorkflow } from "@action-validator/core";
import { parse } from "@std/yaml";
import { assert, assertEquals, assertMatch } from "../assert.ts";

const GITHUB = new URL("../../.github/", import.meta.url);

const read = (path: string) => Deno.readTextFile(new URL(path, GITHUB));

interface Step {
  readonly uses?: string;
  readonly run?: string;
}

interface Workflow {
  readonly permissions: unknown;
  readonly jobs: Readonly<
    Record<string, { readonly steps: readonly Step[]; readonly permissions?: unknown }>
  >;
}

const WORKFLOWS = [...Deno.readDirSync(new URL("workflows/", GITHUB))].map(({ name }) => `workflows/${name}`);

for (const path of WORKFLOWS) {
  Deno.test(`${path} follows GitHub's schema`, async () => {
    assertEquals(validateWorkflow(await read(path)).errors, []);
  });

  Deno.test(`${path} may only read the repository`, async () => {
    const { permissions, jobs } = parse(await read(path)) as Workflow;
    assertEquals(permissions, { contents: "read" });
    for (const job of Object.values(jobs)) assertEquals(job.permissions, undefined);
  });

  Deno.test(`${path} pins actions by commit, with the version beside it`, async () => {
    const text = await read(path);
    for (const [line] of text.matchAll(/^.*\buses:.*$/gm)) {
      assertMatch(line, /uses: [\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
    }
  });
}

Deno.test("the schema rejects a workflow with an unknown key", () => {
  const workflow = "on: push\njobs:\n  a:\n    runs_on: ubuntu-latest\n    steps:\n      - run: ls\n";
  assertEquals(validateWorkflow(workflow).errors.length > 0, true);
});

Deno.test("the whole gate runs on Linux, the unit tests on macOS and Windows", async () => {
  const { jobs } = parse(await read("workflows/ci.yml")) as Workflow;
  const commands = (job: string) => jobs[job]?.steps.flatMap(({ run }) => run ?? []).join("\n") ?? "";
  assertMatch(commands("gate"), /\.ci\/run$/);
  assertMatch(commands("unit"), /deno@[\d.]+ task ok:unit$/);
});

interface Form {
  readonly name: string;
  readonly description: string;
  readonly body: readonly { readonly type: string; readonly id?: string; readonly attributes: object }[];
}

for (const path of ["ISSUE_TEMPLATE/bug.yml", "ISSUE_TEMPLATE/feature.yml"]) {
  Deno.test(`${path} is a form that GitHub accepts`, async () => {
    const { name, description, body } = parse(await read(path)) as Form;
    assert(name.length > 0 && description.length > 0);
    const ids = body.filter(({ type }) => type !== "markdown").map(({ id }) => id);
    assertEquals(new Set(ids).size, ids.length);
    for (const { type, attributes } of body) {
      assert(["markdown", "input", "textarea", "dropdown", "checkboxes"].includes(type), type);
      assert(type === "markdown" ? "value" in attributes : "label" in attributes, JSON.stringify(attributes));
      if (type === "dropdown") assert("options" in attributes);
    }
  });
}

Deno.test("dependabot updates actions and base images", async () => {
  const { version, updates } = parse(await read("dependabot.yml")) as {
    version: number;
    updates: { "package-ecosystem": string; schedule: { interval: string } }[];
  };
  assertEquals(version, 2);
  assertEquals(updates.map((update) => update["package-ecosystem"]), ["github-actions", "docker"]);
});
