import { openContents } from "../../../fakes/contents_page.tsx";
import { assert, assertEquals } from "../../../../../../tests/assert.ts";
import type { StackVersion, StackVersionContents } from "../../../../../../server/protocol/stack_versions.ts";
import { at, plan, stack } from "../../../fakes/messages.ts";
import { within } from "../../../dom.ts";
import { refusal } from "../../../fakes/transport.ts";

const LIST = "/stacks/12/versions";

function version(number: number, changes: Partial<StackVersion> = {}): StackVersion {
  const reason = number === 1 ? "created" : "changed";
  return {
    version: number,
    created_at: at(number),
    reason,
    current: number === 2,
    deployed_at: null,
    images: [],
    ...changes,
  };
}

function contents(number: number, changes: Partial<StackVersionContents> = {}): StackVersionContents {
  return { ...version(number), compose: `# ${number}\nservices: {}\n`, env: "", files: [], ...changes };
}

const BOTH = [version(2), version(1, { deployed_at: at(60) })];

Deno.test("lists versions with their reason, and marks the current one", async () => {
  await using versions = await openContents(["versions"], { [LIST]: BOTH });
  const rows = versions.view.getAllByRole("row").slice(1).map(({ textContent }) => textContent!);
  assert(/^Version2.+ReasonChangedLast deployedNeverStored now$/.test(rows[0]!), rows[0]!);
  assert(/^Version1.+Created.+CompareRestoreDeploy$/.test(rows[1]!), rows[1]!);
  const link = versions.view.getByRole("link", { name: "Compare version 1 with now" });
  assertEquals(link.getAttribute("href"), "#/stacks/12/versions/1");
});

Deno.test("shows that an adopted project was deployed before its adoption", async () => {
  const adopted = version(2, { reason: "adopted" });
  await using versions = await openContents(["versions"], { [LIST]: [adopted] });
  assert(versions.view.getByText("Before the adoption"));
});

Deno.test("reports that a stack has no versions", async () => {
  await using versions = await openContents(["versions"], { [LIST]: [] });
  assert(versions.view.getByRole("heading", { name: "No versions yet" }));
});

Deno.test("reports versions that were not loaded", async () => {
  await using versions = await openContents(["versions"], {});
  assert(await versions.view.findByText("Cannot load the versions: nobody there"));
});

Deno.test("restores a version after a confirmation, and opens the stack", async () => {
  await using versions = await openContents(["versions"], {
    [LIST]: BOTH,
    [`${LIST}/1/restore`]: { ...stack(), warnings: [] },
  });
  await versions.click("Restore");
  assertEquals(versions.changes(), []);
  await versions.click("Restore");
  assertEquals(versions.changes(), [`POST ${LIST}/1/restore`]);
  assertEquals(location.hash, "#/stacks/12");
});

Deno.test("deploys a version with two clicks after a list of its changes, and opens the stack", async () => {
  await using versions = await openContents(["versions"], {
    [LIST]: BOTH,
    [`${LIST}/1/deploy`]: {},
    "/stacks/plan": plan(),
  });
  await versions.click("Deploy");
  const services = within(await versions.view.findByRole("region", { name: "Services" }));
  assertEquals(services.getByRole("listitem").textContent, "Recreatewebimage · about 3 s down");
  assertEquals(versions.changes(), ["POST /stacks/plan"]);
  await versions.click("Deploy");
  assertEquals(versions.changes(), ["POST /stacks/plan", `POST ${LIST}/1/deploy`]);
  assertEquals(location.hash, "#/stacks/12");
});

Deno.test("shows the server's reason for a refused restore", async () => {
  await using versions = await openContents(["versions"], {
    [LIST]: BOTH,
    [`${LIST}/1/restore`]: refusal(409, "an operation is running"),
  });
  await versions.click("Restore");
  await versions.click("Restore");
  assert(await versions.view.findByText("an operation is running"));
});

Deno.test("shows the difference of a version to the current one, and its images", async () => {
  const image = { service: "web", image: "nginx:1.29", digest: null };
  const file = (digest: string) => ({ path: "app.env", size: 3, digest, mode: "644" });
  await using page = await openContents(["versions", "1"], {
    [LIST]: BOTH,
    [`${LIST}/1`]: contents(1, { files: [file("1")], images: [image] }),
    [`${LIST}/2`]: contents(2, { files: [file("2")] }),
  });
  const lines = await page.view.findByRole("group", { name: "Difference of the Compose file" });
  assertEquals(lines.textContent, "− # 1+ # 2  services: {}");
  assert(page.view.getByText("No difference"));
  assert(page.view.getByText("app.env: different"));
  assert(page.view.getByRole("row", { name: "web nginx:1.29 Never pulled" }));
});

Deno.test("reports a version that does not exist", async () => {
  await using page = await openContents(["versions", "9"], {
    [LIST]: BOTH,
    [`${LIST}/9`]: refusal(404, 'Stack "12" has no version 9'),
    [`${LIST}/2`]: contents(2),
  });
  assert(await page.view.findByText('Stack "12" has no version 9'));
});

Deno.test("explains that a comparison needs the token", async () => {
  await using page = await openContents(["versions", "1"], { [LIST]: BOTH }, { access: "view" });
  assert(page.view.getByText(/requires the token/));
});
