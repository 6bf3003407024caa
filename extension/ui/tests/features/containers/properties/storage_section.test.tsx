import { TestPage } from "../../../dom.ts";
import { assert, assertEquals, eventually } from "../../../../../../tests/assert.ts";
import { StorageSection } from "../../../../src/features/containers/properties/storage/storage_section.tsx";
import { fakeClient } from "../../../fakes/client.ts";
import { details } from "../../../fakes/details.ts";

const CREATED = new Date(Date.now() - 3 * 86_400_000).toISOString();

function open(answers: Readonly<Record<string, unknown>>) {
  const { transport, client } = fakeClient();
  Object.assign(transport.answers, answers);
  const page = new TestPage(client);
  const view = page.render(<StorageSection details={details()} />);
  return { transport, page, text: () => view.container.textContent ?? "" };
}

Deno.test("shows the age of the image and the sizes of the volumes", async () => {
  const it = open({
    "/images?host=Localhost": [
      { id: `sha256:${"9".repeat(64)}`, created: CREATED, sizeBytes: 1 },
      { id: `sha256:${"1".repeat(64)}`, created: CREATED, sizeBytes: 2048 },
    ],
    "/volumes?host=Localhost": [{ name: "other", sizeBytes: 5 }, { name: "data", sizeBytes: 4096 }],
  });
  await using _ = it.page;
  await eventually("the sizes", () => it.text().includes("4.00 KiB"));
  for (const part of ["(3 d ago)", "2.00 KiB", "Volume data"]) assert(it.text().includes(part), it.text());
  assertEquals(it.text().includes("other"), false);
});

Deno.test("leaves out sizes that are unknown", async () => {
  const it = open({
    "/images?host=Localhost": [{ id: `sha256:${"1".repeat(64)}`, created: CREATED, sizeBytes: null }],
    "/volumes?host=Localhost": [{ name: "data", sizeBytes: null }],
  });
  await using _ = it.page;
  await eventually("the age", () => it.text().includes("(3 d ago)"));
  assertEquals(it.text().includes("Volume data"), false);
});

Deno.test("shows nothing when the server has no lists", async () => {
  const it = open({});
  await using _ = it.page;
  await eventually("the requests", () => it.transport.asked.length === 2);
  assertEquals(it.text(), "");
});
