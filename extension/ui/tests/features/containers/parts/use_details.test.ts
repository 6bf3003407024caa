import { TestPage } from "../../../dom.ts";
import { assertEquals, eventually } from "../../../../../../tests/assert.ts";
import type { About } from "../../../../../../server/protocol/about.ts";
import { useDetails } from "../../../../src/features/containers/parts/use_details.ts";
import { fakeClient } from "../../../fakes/client.ts";
import { details } from "../../../fakes/details.ts";
import { refusal } from "../../../fakes/transport.ts";

const TARGET = { hostId: "my host", id: "0".repeat(64), name: "web" };
const PATH = `/containers/my%20host/${TARGET.id}`;

interface Props {
  readonly secrets: boolean;
  readonly revision: string | undefined;
}

function open(about: Partial<About> = {}) {
  const { transport, client } = fakeClient(about);
  const page = new TestPage(client);
  const first: Props = { secrets: false, revision: "1" };
  const start = () =>
    page.hook(({ secrets, revision }: Props) => useDetails(TARGET, secrets, revision), first);
  return { transport, page, start };
}

Deno.test("loads the details with masked secrets", async () => {
  const { transport, page, start } = open();
  await using _page = page;
  transport.answers[PATH] = details();
  const hook = start();
  await eventually("the details", () => hook.result.current.details?.name === "web");
  assertEquals(transport.asked, [`GET ${PATH}`]);
});

Deno.test("requests the secrets only on demand", async () => {
  const { transport, page, start } = open();
  await using _page = page;
  transport.answers[PATH] = details();
  transport.answers[`${PATH}?secrets=1`] = details({ name: "revealed" });
  const hook = start();
  hook.rerender({ secrets: true, revision: "1" });
  await eventually("the secrets", () => hook.result.current.details?.name === "revealed");
});

Deno.test("loads again after a change of the container", async () => {
  const { transport, page, start } = open();
  await using _page = page;
  transport.answers[PATH] = details();
  const hook = start();
  await eventually("the details", () => hook.result.current.details);
  transport.answers[PATH] = details({ name: "renamed" });
  hook.rerender({ secrets: false, revision: "2" });
  await eventually("the new details", () => hook.result.current.details?.name === "renamed");
});

Deno.test("keeps the last details of a removed container", async () => {
  const { transport, page, start } = open();
  await using _page = page;
  transport.answers[PATH] = details();
  const hook = start();
  await eventually("the details", () => hook.result.current.details);
  hook.rerender({ secrets: false, revision: undefined });
  assertEquals([hook.result.current.details?.name, transport.asked.length], ["web", 1]);
});

Deno.test("a failure keeps the last details", async () => {
  const { transport, page, start } = open();
  await using _page = page;
  transport.answers[PATH] = details();
  const hook = start();
  await eventually("the details", () => hook.result.current.details);
  transport.answers[PATH] = refusal(503, "The host does not answer.");
  hook.rerender({ secrets: false, revision: "2" });
  await eventually("the failure", () => hook.result.current.failure === "The host does not answer.");
  assertEquals(hook.result.current.details?.name, "web");
});

Deno.test("requests nothing without the token", async () => {
  const { transport, page, start } = open({ access: "view" });
  await using _page = page;
  assertEquals([start().result.current, transport.asked], [{}, []]);
});
