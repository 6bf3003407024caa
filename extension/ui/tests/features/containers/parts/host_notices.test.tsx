import { TestPage } from "../../../dom.ts";
import { assert, assertEquals } from "../../../../../../tests/assert.ts";
import type { HostReport } from "../../../../../../server/protocol/hosts.ts";
import { HostNotices } from "../../../../src/features/containers/parts/host_notices.tsx";
import { formatTime } from "../../../../src/lib/format.ts";
import { at, host } from "../../../fakes/messages.ts";

function alertsOf(page: TestPage, ...hosts: HostReport[]) {
  const view = page.render(<HostNotices hosts={new Map(hosts.map((one) => [one.hostId, one]))} />);
  return view.queryAllByRole("alert").map(({ textContent }) => textContent ?? "");
}

const DOWN = host({
  hostId: "nas",
  state: "down",
  since: at(0),
  error: "connect ECONNREFUSED",
  url: "tcp://nas:2375",
});

Deno.test("shows no notice for hosts that are up or connecting", async () => {
  await using page = new TestPage();
  assertEquals(alertsOf(page, host(), host({ hostId: "b", state: "connecting" })), []);
});

Deno.test("shows id, address, error and time of each host that is down", async () => {
  await using page = new TestPage();
  const alerts = alertsOf(page, host(), DOWN, host({ ...DOWN, hostId: "pi" }));
  assertEquals(alerts.length, 2);
  for (const part of ["nas", "tcp://nas:2375", "connect ECONNREFUSED", formatTime(Date.parse(at(0)))]) {
    assert(alerts[0]!.includes(part), alerts[0]);
  }
});

Deno.test("distinguishes a host that never answered", async () => {
  await using page = new TestPage();
  const [known, unknown] = alertsOf(page, DOWN, host({ ...DOWN, hostId: "nas2", engine: null }));
  assertEquals(known!.replaceAll("nas", "") === unknown!.replaceAll("nas2", ""), false);
});

Deno.test("shows no notice before the hosts are known", async () => {
  await using page = new TestPage();
  assertEquals(page.render(<HostNotices hosts={undefined} />).container.textContent, "");
});
