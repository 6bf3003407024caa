import { assert, assertEquals } from "../../../../../../tests/assert.ts";
import { Observable } from "../../../../src/lib/observable.ts";
import {
  message,
  missingService,
  project,
  service,
  serviceContainer,
  stack,
} from "../../../fakes/messages.ts";
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
  assert(view.getByText("1 of 2"));
  assertEquals(view.queryByText("shop-web-2"), null);
  const toggle = view.getByRole("button", { name: "2 containers of web" });
  assertEquals(toggle.getAttribute("aria-expanded"), "false");
  await page.user.click(toggle);
  assertEquals(toggle.getAttribute("aria-expanded"), "true");
  assert(view.getByRole("row", { name: /^shop-web-2: statistics and output Exited with code 3/ }));
});

Deno.test("does not describe the services of a host that is down", async () => {
  await using stackPage = await open({ stacks: [stack({ status: "unknown" })] });
  assert(stackPage.view.getByRole("cell", { name: "Unknown" }));
});

Deno.test("sends the commands of one service", async () => {
  const containers = [serviceContainer(), serviceContainer({ id: "d".repeat(64), state: "exited" })];
  await using stackPage = await open({
    stacks: [stack({ services: [service({ name: "web/x", containers })] })],
  });
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
    await page.user.click(await view.findByRole("menuitem", { name: command }));
  }
  await stackPage.confirm("Update");
  assertEquals(stackPage.posts(), paths.map((path) => `POST ${path}`));
  assertEquals(transport.bodies.at(0), { stack_id: 12, command: "update", service: "web/x" });
});

Deno.test("pulls a service without containers, and does not start it", async () => {
  await using stackPage = await open({ stacks: [stack({ services: [missingService()] })] });
  assertEquals(stackPage.view.queryByRole("button", { name: "Start web" }), null);
  const menu = stackPage.view.getByRole("button", { name: "More actions for web" });
  assertEquals(menu.getAttribute("aria-disabled"), null);
});

Deno.test("offers no commands for the services of a project", async () => {
  await using stackPage = await open({ stacks: [project()] }, { stackKey: "Localhost/legacy" });
  assertEquals(stackPage.view.queryByRole("button", { name: "Stop web" }), null);
});

Deno.test("shows image, ports as links, CPU, memory, uptime and restarts of a service", async () => {
  const ports = [{ hostAddress: "127.0.0.1", public: 8080, private: 80, protocol: "tcp" }];
  const startedAt = new Date(Date.now() - 3 * 3_600_000 - 1000).toISOString();
  const newest = message({ cpuUsage: 12.5, memoryBytes: 5 * 1024 ** 2, startedAt, restartCount: 3 });
  await using stackPage = await open({
    stacks: [stack({ services: [service({ containers: [serviceContainer({ ports })] })] })],
  }, { readings: { view: new Observable({}), row: () => ({ newest }) } });
  const { view } = stackPage;
  assert(view.getByText("nginx:1.29"));
  for (const text of ["12.5 %", "5.00 MiB", "3 h", "3 restarts"]) {
    assert(view.getByText(text, { exact: true }), text);
  }
  assert(view.getByText("CPU 12.5 % of one core · memory 5.00 MiB"));
  assertEquals(
    view.getByRole("link", { name: "127.0.0.1:8080 → 80/tcp ↗" }).getAttribute("href"),
    "http://127.0.0.1:8080",
  );
  assertEquals(
    view.getByRole("link", { name: "Log of all services" }).getAttribute("href"),
    "#/logs/project/shop/Localhost",
  );
});

Deno.test("links to the log of all containers of a service", async () => {
  const containers = [serviceContainer(), serviceContainer({ id: "d".repeat(64) })];
  await using stackPage = await open({
    stacks: [stack({ services: [service({ containers }), service({ name: "off", containers: [] })] })],
  });
  const link = stackPage.view.getByRole("link", { name: /^Log of (web|off)$/ });
  const ids = containers.map(({ id }) => `Localhost/${id}`).join("/");
  assertEquals(link.getAttribute("href"), `#/logs/containers/${ids}`);
});
