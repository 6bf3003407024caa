import { renderDetails } from "../../../server/cli/containers/page.ts";
import { toDetails } from "../../../server/containers/details.ts";
import type { ContainerDetails } from "../../../server/protocol/containers.ts";
import { assert, assertEquals, assertStringIncludes } from "../../assert.ts";
import { fakeContainer } from "../../fakes/engine.ts";
import { FAKE_IMAGE, fakeInspection } from "../../fakes/inspection.ts";

const DETAILS = toDetails(fakeInspection("web"), FAKE_IMAGE, {
  hostId: "nas",
  container: fakeContainer("web", { project: "shop", service: "web", number: 1 }),
  host: { cpus: 4, memoryBytes: 8 * 2 ** 30 },
  stackId: 12,
  now: Date.parse("2026-08-01T14:00:00Z"),
  showSecrets: false,
});

function page(changes: Partial<ContainerDetails> = {}): string {
  return renderDetails({ ...DETAILS, ...changes }).join("\n");
}

/** Returns the text after a label. */
function fact(label: string, changes: Partial<ContainerDetails> = {}): string | undefined {
  return new RegExp(`^${label} {2,}(.*)$`, "m").exec(page(changes))?.[1];
}

const FACTS: Readonly<Record<string, string>> = {
  Name: "web",
  Host: "nas",
  Status: "Up 2 hours (unhealthy)",
  Project: "shop, service web, container 1, stack 12",
  Restart: "on-failure, 3 times at most, restarted 2 times",
  Command: "/entry.sh serve --port 80",
  Limits: "0.5 cores, 64 MiB memory, 96 MiB memory and swap, 100 processes",
  Rights: "read-only root, +NET_ADMIN",
};

for (const [label, text] of Object.entries(FACTS)) {
  Deno.test(`shows "${text}" as ${label}`, () => assertEquals(fact(label), text));
}

Deno.test("lists ports, mounts, networks, environment, labels and health checks", () => {
  const text = page();
  for (
    const line of [
      "Ports\n  0.0.0.0:8080 -> 80/tcp",
      "  53/udp (not published)",
      "Mounts\n  volume data -> /data",
      "  bind /srv/site -> /site (read-only)",
      "Networks\n  shop_default 172.18.0.2 as web",
      "Environment\n  PATH=/bin\n  DB_PASSWORD (hidden)",
      "Labels\n  com.docker.compose.project=shop",
      "Health checks\n  2026-08-01T12:00:02.000Z exit code -1 timed out",
    ]
  ) assertStringIncludes(text, line);
});

Deno.test("leaves out what is unknown or does not apply", () => {
  const text = page({ ports: [], health: null, project: null, service: null, number: null, stack_id: null });
  for (const absent of ["Ports", "Health checks", "Project", "Exit code", "null", "undefined"]) {
    assert(!text.includes(absent), absent);
  }
});

Deno.test("shows how a container has ended", () => {
  const ended = { state: "exited", exitCode: 137, oomKilled: true };
  assertEquals(fact("Exit code", ended), "137, out of memory");
});

Deno.test("quotes arguments with blanks", () => {
  assertEquals(fact("Command", { entrypoint: null, command: ["sh", "-c", "echo 1"] }), 'sh -c "echo 1"');
});

Deno.test("control characters of a container stay out of the terminal", () => {
  const text = page({ env: [{ name: "A", value: "\x1b]0;title\x07", masked: false }], user: "\x1b[2J" });
  assertEquals(/\p{Cc}/u.test(text.replaceAll("\n", "")), false);
});
