import {
  type Container,
  type RawContainer,
  type RawInspection,
  statusText,
  toContainer,
  withInspection,
  withoutInspection,
} from "../../server/docker/container.ts";
import { shownImage } from "../../server/docker/text/shown_image.ts";
import { assertEquals } from "../assert.ts";

const NOW = Date.parse("2026-08-01T12:00:00Z");
const ID = "ab".repeat(32);

function container(changes: Partial<Container>): Container {
  const raw = { Id: ID, Names: ["/web"], Image: "nginx", State: "running" };
  return { ...withInspection(toContainer(raw), {}), startedAt: NOW - 7_200_000, ...changes };
}

const TEXTS: readonly (readonly [Partial<Container>, string])[] = [
  [{}, "Up 2 hours"],
  [{ health: "healthy" }, "Up 2 hours (healthy)"],
  [{ health: "unhealthy" }, "Up 2 hours (unhealthy)"],
  [{ health: "starting" }, "Up 2 hours (health: starting)"],
  [{ state: "paused" }, "Up 2 hours (Paused)"],
  [{ state: "created", startedAt: null }, "Created"],
  [{ state: "exited", exitCode: 137, finishedAt: NOW - 180_000 }, "Exited (137) 3 minutes ago"],
  [{ state: "restarting", exitCode: 1, finishedAt: NOW - 5000 }, "Restarting (1) 5 seconds ago"],
  [{ state: "removing" }, "Removal In Progress"],
  [{ state: "dead" }, "Dead"],
  [{ inspected: false, listedStatus: "Up a while" }, "Up a while"],
];

for (const [changes, text] of TEXTS) {
  Deno.test(`status text "${text}"`, () => assertEquals(statusText(container(changes), NOW), text));
}

const IMAGES: readonly (readonly [string, string, string])[] = [
  ["nginx:1.29", `sha256:${ID}`, "nginx:1.29"],
  ["ghcr.io/coleifer/sqlite-web:latest", "", "ghcr.io/coleifer/sqlite-web:latest"],
  [`sha256:${ID}`, `sha256:${ID}`, "abababababab"],
  [`nginx:1.29@sha256:${ID}`, "", "nginx:1.29"],
  ["docker.io/library/nginx", "", "nginx"],
  ["", "", "<no image>"],
];

for (const [image, imageId, shown] of IMAGES) {
  Deno.test(`shows image "${image}" as "${shown}"`, () => assertEquals(shownImage(image, imageId), shown));
}

Deno.test("names a linked container by its own name", () => {
  assertEquals(toContainer({ Id: ID, Names: ["/web/db", "/db"] }).name, "db");
});

Deno.test("treats an empty Compose label as missing", () => {
  const Labels = { "com.docker.compose.project": "", "com.docker.compose.service": "" };
  const { project, service } = toContainer({ Id: ID, Labels });
  assertEquals([project, service], [null, null]);
});

Deno.test("reads project and service from the labels of Compose", () => {
  const Labels = { "com.docker.compose.project": "shop", "com.docker.compose.service": "web" };
  const { project, service } = toContainer({ Id: ID, Labels });
  assertEquals([project, service], ["shop", "web"]);
});

Deno.test("state and name of the inspection override those of the list", () => {
  const listed = toContainer({ Id: ID, Names: ["/old"], State: "running" });
  const { state, name } = withInspection(listed, { Name: "/new", State: { Status: "exited" } });
  assertEquals([state, name], ["exited", "new"]);
});

const HOSTILE: readonly unknown[] = [null, 0, -1, NaN, "", "text", true, [], [null], {}, { length: 9 }];

for (const value of HOSTILE) {
  Deno.test(`reads a listed container whose fields are all ${Deno.inspect(value)}`, () => {
    const keys = ["Image", "ImageID", "State", "Status", "Names", "Labels", "Ports"];
    const raw = { Id: ID, ...Object.fromEntries(keys.map((key) => [key, value])) };
    const { name, state, image, publishedAddresses, project } = toContainer(raw as RawContainer);
    assertEquals([name, state, publishedAddresses, project], [ID, "exited", "", null]);
    assertEquals(typeof image, "string");
  });

  Deno.test(`reads an inspection whose fields are all ${Deno.inspect(value)}`, () => {
    const keys = ["Status", "StartedAt", "FinishedAt", "OOMKilled", "Health"];
    const State = {
      ...Object.fromEntries(keys.map((key) => [key, value])),
      OOMKilled: "true",
      ExitCode: "1",
    };
    const inspection = { Name: "", State, HostConfig: { RestartPolicy: value } };
    const read = withInspection(container({}), inspection as unknown as RawInspection);
    assertEquals([read.name, read.state, read.startedAt, read.finishedAt], ["web", "running", null, null]);
    assertEquals([read.exitCode, read.health, read.restarts, read.outOfMemory], [0, null, false, false]);
  });
}

for (const state of ["removed", "RUNNING", "constructor", "__proto__", ""]) {
  Deno.test(`takes the unknown state "${state}" of a list for exited`, () => {
    assertEquals(toContainer({ Id: ID, State: state }).state, "exited");
  });
}

for (
  const [policy, restarts] of [["no", false], ["", false], ["always", true], ["on-failure", true]] as const
) {
  Deno.test(`a container with the restart policy "${policy}" ${restarts ? "restarts" : "does not restart"}`, () => {
    const inspection = { HostConfig: { RestartPolicy: { Name: policy } } };
    assertEquals(withInspection(container({}), inspection).restarts, restarts);
  });
}

Deno.test("lists each published port once, and omits those that are not published", () => {
  const port = (PublicPort: number | undefined, PrivatePort: number, Type: string) => ({
    ...(PublicPort === undefined ? {} : { PublicPort }),
    PrivatePort,
    Type,
  });
  const Ports = [
    port(8080, 80, "tcp"),
    port(8080, 80, "tcp"),
    port(53, 53, "udp"),
    port(undefined, 9, "tcp"),
  ];
  const { publishedAddresses, portPairs } = toContainer({ Id: ID, Ports });
  assertEquals([publishedAddresses, portPairs], [":53/udp :8080/tcp", "53:53/udp 8080:80/tcp"]);
});

Deno.test("reads the year 1 as never", () => {
  const State = { StartedAt: "0001-01-01T00:00:00Z", FinishedAt: "2026-08-01T12:00:00.5Z" };
  const { startedAt, finishedAt } = withInspection(container({}), { State });
  assertEquals([startedAt, finishedAt], [null, NOW + 500]);
});

Deno.test("a start in the future, by a clock that differs, is less than a second ago", () => {
  assertEquals(statusText(container({ startedAt: NOW + 60_000 }), NOW), "Up Less than a second");
});

Deno.test("reads number, creation time and writable folders of a container of Compose", () => {
  const { number, createdAt, writableFolders, composeEnvFiles, oneOff } = toContainer({
    Id: ID,
    Created: 1_700_000_000,
    Labels: {
      "com.docker.compose.container-number": "3",
      "com.docker.compose.project.environment_file": "/a/prod.env,/a/.env",
    },
    Mounts: [
      { Type: "bind", Source: "/data/b", RW: true },
      { Type: "bind", Source: "/data/ro", RW: false },
      { Type: "volume", Source: "/var/lib/docker/volumes/x/_data", RW: true },
      { Type: "bind", Source: "/data/a", RW: true },
    ],
  });
  assertEquals([number, createdAt, writableFolders], [3, 1_700_000_000_000, "/data/a\n/data/b\nvolume:"]);
  assertEquals([composeEnvFiles, oneOff], ["/a/prod.env,/a/.env", false]);
});

Deno.test("the container of a hook is not part of the project's desired state", () => {
  assertEquals(toContainer({ Id: ID, Labels: { "com.docker.compose.hook": "pre_start" } }).oneOff, true);
});

for (
  const [label, hidden] of [["true", true], ["false", false], ["TRUE", false], [true, false], [
    undefined,
    false,
  ]]
) {
  Deno.test(`the label dockstat.hide=${label} ${hidden ? "hides" : "does not hide"} a container`, () => {
    const Labels = { "dockstat.hide": label } as Record<string, string>;
    assertEquals(toContainer({ Id: ID, Labels }).hidden, hidden);
  });
}

for (
  const [status, exitCode, health] of [
    ["Exited (137) 3 minutes ago", 137, null],
    ["Restarting (1) 2 seconds ago", 1, null],
    ["Up 2 hours (healthy)", 0, "healthy"],
    ["Up 2 hours (unhealthy)", 0, "unhealthy"],
    ["Up 2 seconds (health: starting)", 0, "starting"],
    ["Up 2 hours (Paused)", 0, null],
    ["Created", 0, null],
  ] as const
) {
  Deno.test(`the list's text "${status}" says exit code ${exitCode} and health ${health}`, () => {
    const listed = toContainer({ Id: ID, Status: status });
    assertEquals([listed.exitCode, listed.health], [exitCode, health]);
  });
}

Deno.test("a container that cannot be inspected has the text of the list", () => {
  const listed = toContainer({ Id: ID, Names: ["/new"], State: "running", Status: "Up 3 hours" });
  const known = container({ restarts: true, exitCode: 3 });
  const shown = withoutInspection(listed, known);
  assertEquals([statusText(shown, NOW), shown.name, shown.exitCode], ["Up 3 hours", "new", 0]);
  assertEquals([shown.startedAt, shown.restarts], [known.startedAt, true]);
  assertEquals(withoutInspection(listed, undefined), listed);
});

Deno.test("a container whose inspection fails keeps the settings of an earlier one", () => {
  const HostConfig = { CpuShares: 512, MemorySwap: 2048, MemoryReservation: 256 };
  const known = withInspection(container({}), { HostConfig } as unknown as RawInspection);
  const { cpuShares, swapLimitBytes, memoryReservationBytes } = withoutInspection(container({}), known);
  assertEquals([cpuShares, swapLimitBytes, memoryReservationBytes], [512, 2048, 256]);
});

Deno.test("takes the first process of a running container from its inspection", () => {
  for (const [Pid, pid] of [[42, 42], [0, null], [undefined, null], ["42", null], [-1, null]] as const) {
    const State = { Status: "running", Pid } as NonNullable<RawInspection["State"]>;
    assertEquals(withInspection(container({}), { State }).pid, pid);
  }
});

Deno.test("an inspection shows the number of restarts by the restart policy", () => {
  const restarts = (RestartCount: unknown) =>
    withInspection(container({}), { RestartCount } as unknown as RawInspection).restartCount;
  assertEquals([3, 0, undefined, "3", -1].map(restarts), [3, 0, null, null, null]);
});
