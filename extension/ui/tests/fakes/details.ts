/** Details of containers as the server sends them. */
import type { ContainerDetails } from "../../../../server/protocol/containers.ts";

const NETWORK = {
  name: "shop_default",
  address: "172.18.0.2",
  ip6: null,
  gateway: null,
  mac: null,
  aliases: null,
};

/** Details of a running container, with the changes of the test. */
export function details(changes: Partial<ContainerDetails> = {}): ContainerDetails {
  return {
    id: "0".repeat(64),
    name: "web",
    hostId: "Localhost",
    image: "nginx:1.29",
    imageId: `sha256:${"1".repeat(64)}`,
    imageDigest: `nginx@sha256:${"2".repeat(64)}`,
    created: "2026-08-01T12:00:00.000Z",
    command: ["nginx", "-g", "daemon off;"],
    entrypoint: ["/entry.sh"],
    workingDir: "/srv",
    user: null,
    state: "running",
    status: "Up 2 hours",
    exitCode: 0,
    oomKilled: false,
    startedAt: "2026-08-01T12:00:01.000Z",
    finishedAt: null,
    restartCount: 2,
    restartPolicy: { name: "unless-stopped", maximumRetryCount: 0 },
    ports: [{ hostAddress: "0.0.0.0", public: 8080, private: 80, protocol: "tcp" }],
    mounts: [{ type: "volume", source: "/var/data", destination: "/data", readOnly: true, name: "data" }],
    networks: [NETWORK],
    limits: { cpus: 0.5, memoryBytes: null, memorySwapBytes: null, memoryReservationBytes: null, pids: null },
    labels: { "com.example.team": "a" },
    env: [
      { name: "MODE", value: "production", masked: false },
      { name: "DB_PASSWORD", value: null, masked: true },
    ],
    health: null,
    project: "shop",
    service: "web",
    number: 1,
    stack_id: 12,
    networkMode: "shop_default",
    privileged: false,
    capAdd: null,
    capDrop: null,
    readOnlyRootfs: false,
    logDriver: "json-file",
    options: [],
    ...changes,
  };
}
