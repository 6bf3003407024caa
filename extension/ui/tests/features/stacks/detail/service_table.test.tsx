import { assert, assertEquals } from "../../../../../../tests/assert.ts";
import { missingService, project, service, serviceContainer, stack } from "../../../fakes/messages.ts";
import { openStackPage as open } from "../../../fakes/stack_page.tsx";

Deno.test("shows how many of the wanted containers run, and each of them on request", async () => {
  const containers = [
    serviceContainer(),
    serviceContainer({ id: "d".repeat(64), name: "shop-web-2", state: "exited", exitCode: 3, number: 2 }),
  ];
  await using stackPage = await open({
    stacks: [stack({ services: [service({ replicas: 1, wanted: 2, containers })] })],
  });
  const { view, page } = stackPage;
  assert(view.getByRole("cell", { name: "1 of 2" }));
  assertEquals(view.queryByText("shop-web-2"), null);
  const toggle = view.getByRole("button", { name: "2 containers of web" });
  assertEquals(toggle.getAttribute("aria-expanded"), "false");
  await page.user.click(toggle);
  assertEquals(toggle.getAttribute("aria-expanded"), "true");
  assert(view.getByRole("row", { name: "shop-web-2: statistics and output Exited with code 3" }));
});

Deno.test("does not describe the services of a host that is down", async () => {
  await using stackPage = await open({ stacks: [stack({ status: "unknown" })] });
  assert(stackPage.view.getByRole("row", { name: /^web Unknown/ }));
});

Deno.test("sends the commands of one service", async () => {
  await using stackPage = await open({ stacks: [stack({ services: [service({ name: "web/x" })] })] });
  const { view, page, transport } = stackPage;
  const paths = ["start", "stop", "restart", "pull", "update"].map((one) =>
    `/stacks/12/services/web%2Fx/${one}`
  );
  for (const path of paths) transport.answers[path] = {};
  for (const command of ["Start", "Stop", "Restart"]) {
    await page.user.click(view.getByRole("button", { name: `${command} web/x` }));
  }
  for (const command of [/^Pull/, /^Update/]) {
    await page.user.click(view.getByRole("button", { name: "More actions for web/x" }));
    await page.user.click(view.getByRole("menuitem", { name: command }));
  }
  assertEquals(stackPage.posts(), paths.map((path) => `POST ${path}`));
});

Deno.test("pulls a service without containers, and does not start it", async () => {
  await using stackPage = await open({ stacks: [stack({ services: [missingService()] })] });
  const disabled = (name: string) =>
    stackPage.view.getByRole("button", { name }).getAttribute("aria-disabled");
  assertEquals([disabled("Start web"), disabled("More actions for web")], ["true", null]);
});

Deno.test("offers no commands for the services of a project", async () => {
  await using stackPage = await open({ stacks: [project()] }, { stackKey: "Localhost/legacy" });
  assertEquals(stackPage.view.queryByRole("button", { name: "Stop web" }), null);
});
