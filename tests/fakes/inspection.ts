/** Answers of an engine about one container and its image, in the shape of Docker 28. */
import { idOf } from "./container.ts";

/** Digest of the image of {@linkcode fakeInspection}. */
export const IMAGE_ID = `sha256:${"a".repeat(64)}`;
/** Id of the volume without a name of {@linkcode fakeInspection}. */
export const NAMELESS = "b".repeat(64);

const HOST_CONFIG = {
  NetworkMode: "shop_default",
  RestartPolicy: { Name: "on-failure", MaximumRetryCount: 3 },
  CapAdd: ["NET_ADMIN"],
  CapDrop: null,
  Privileged: false,
  ReadonlyRootfs: true,
  LogConfig: { Type: "json-file", Config: {} },
  NanoCpus: 500_000_000,
  CpuQuota: 0,
  CpuPeriod: 0,
  Memory: 64 << 20,
  MemorySwap: 96 << 20,
  MemoryReservation: 0,
  PidsLimit: 100,
};

/** Creates the answer of `GET /containers/{id}/json`, with other values of `HostConfig` as a test needs. */
export function fakeInspection(
  name: string,
  hostConfig: Readonly<Record<string, unknown>> = {},
): Readonly<Record<string, unknown>> {
  return {
    Id: idOf(name),
    Created: "2026-08-01T11:00:00.123456789Z",
    State: stateOf(),
    Image: IMAGE_ID,
    Name: `/${name}`,
    RestartCount: 2,
    HostConfig: { ...HOST_CONFIG, ...hostConfig },
    Mounts: [
      {
        Type: "volume",
        Name: "data",
        Source: "/var/lib/docker/volumes/data",
        Destination: "/data",
        RW: true,
      },
      { Type: "bind", Source: "/srv/site", Destination: "/site", RW: false },
      { Type: "volume", Name: NAMELESS, Source: "/x", Destination: "/cache", RW: true },
    ],
    Config: {
      User: "1000",
      Env: ["PATH=/bin", "DB_PASSWORD=hunter2", "EMPTY=", "ALONE"],
      Cmd: ["serve", "--port", "80"],
      Image: "nginx:1.29",
      WorkingDir: "/srv",
      Entrypoint: ["/entry.sh"],
      Labels: { "com.docker.compose.project": "shop", tier: "front" },
    },
    NetworkSettings: networkSettings(),
  };
}

function stateOf() {
  return {
    Status: "running",
    OOMKilled: false,
    ExitCode: 0,
    StartedAt: "2026-08-01T12:00:00.5Z",
    FinishedAt: "0001-01-01T00:00:00Z",
    Health: {
      Status: "unhealthy",
      FailingStreak: 4,
      Log: [{
        Start: "2026-08-01T12:00:01Z",
        End: "2026-08-01T12:00:02Z",
        ExitCode: -1,
        Output: "timed out",
      }],
    },
  };
}

function networkSettings() {
  return {
    Ports: {
      "80/tcp": [{ HostIp: "0.0.0.0", HostPort: "8080" }, { HostIp: "::", HostPort: "8080" }],
      "53/udp": null,
    },
    Networks: {
      shop_default: {
        Aliases: ["web"],
        MacAddress: "02:42:ac:12:00:02",
        Gateway: "172.18.0.1",
        IPAddress: "172.18.0.2",
        GlobalIPv6Address: "",
      },
    },
  };
}

/** Answer of `GET /images/{id}/json`. */
export const FAKE_IMAGE = {
  Id: IMAGE_ID,
  RepoTags: ["nginx:1.29"],
  RepoDigests: [`mirror.example/nginx@sha256:${"c".repeat(64)}`, `nginx@sha256:${"d".repeat(64)}`],
};
