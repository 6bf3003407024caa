/** Messages as the server sends them. */
import type { About } from "../../../../server/protocol/about.ts";
import type { HostReport } from "../../../../server/protocol/hosts.ts";
import type { Operation } from "../../../../server/protocol/operations.ts";
import type {
  DeploymentPlan,
  ServiceContainer,
  Stack,
  StackService,
} from "../../../../server/protocol/stacks.ts";
import type { DetailedStatsMessage } from "../../../../server/protocol/stats.ts";

/** Message of a running container, with the changes of the test. */
export function message(changes: Partial<DetailedStatsMessage> = {}): DetailedStatsMessage {
  return {
    id: "0".repeat(64),
    hostId: "Localhost",
    name: "web",
    image: "nginx:1.29",
    status: "Up 2 hours",
    state: "running",
    cpuUsage: 1,
    memoryUsage: 10,
    timestamp: "2026-08-01T12:00:00.000Z",
    onlineCpus: 4,
    memoryBytes: 100,
    memoryLimitBytes: 1000,
    networkRxBytes: 0,
    networkTxBytes: 0,
    blockReadBytes: 0,
    blockWriteBytes: 0,
    pids: 1,
    health: null,
    project: null,
    service: null,
    stale: false,
    cpuLimit: null,
    memoryLimited: false,
    restartCount: 0,
    exitCode: null,
    oomKilled: false,
    startedAt: "2026-08-01T10:00:00.000Z",
    finishedAt: null,
    networkOf: null,
    hidden: false,
    ...changes,
  };
}

/** Time that many seconds after the first message, ISO 8601. */
export function at(seconds: number): string {
  return new Date(Date.parse("2026-08-01T12:00:00.000Z") + seconds * 1000).toISOString();
}

/** Answer of `/about` for a client with full access. */
export function about(changes: Partial<About> = {}): About {
  return { version: "1.2.3", access: "full", readOnly: false, simulated: false, ...changes };
}

/** Report of a host that is up. */
export function host(changes: Partial<HostReport> = {}): HostReport {
  return {
    hostId: "Localhost",
    url: "unix:///var/run/docker.sock",
    labels: {},
    publicName: null,
    managed: false,
    state: "up",
    since: "2026-08-01T12:00:00.000Z",
    error: null,
    engine: "Docker 28.5.2",
    apiVersion: "1.51",
    os: "linux",
    cpus: 4,
    memoryBytes: 8 * 1024 ** 3,
    containers: 1,
    reader: "engine",
    readerReason: "the configuration sets reader to engine",
    usage: null,
    ...changes,
  };
}

/** Running container of a service. */
export function serviceContainer(changes: Partial<ServiceContainer> = {}): ServiceContainer {
  return {
    id: "c".repeat(64),
    name: "shop-web-1",
    image: "nginx:1.29",
    ports: [],
    state: "running",
    health: null,
    exitCode: null,
    number: 1,
    ...changes,
  };
}

/** Service with a running container. */
export function service(changes: Partial<StackService> = {}): StackService {
  return {
    name: "web",
    state: "running",
    health: null,
    exitCode: null,
    containerId: "c".repeat(64),
    replicas: 1,
    wanted: 1,
    containers: [serviceContainer()],
    ...changes,
  };
}

/** Service without a container. */
export function missingService(changes: Partial<StackService> = {}): StackService {
  return service({ state: null, containerId: null, replicas: 0, containers: [], ...changes });
}

/** Deployed stack that DockStat manages. */
export function stack(changes: Partial<Stack> = {}): Stack {
  return {
    stack_id: 12,
    name: "shop",
    hostId: "Localhost",
    status: "running",
    pending_changes: false,
    managed: true,
    services: [service()],
    operation: null,
    last_operation: null,
    created_at: "2026-08-01T12:00:00.000Z",
    updated_at: "2026-08-01T12:00:00.000Z",
    ...changes,
  };
}

/** Project that was created outside DockStat. */
export function project(changes: Partial<Stack> = {}): Stack {
  return stack({
    stack_id: null,
    name: "legacy",
    managed: false,
    created_at: null,
    updated_at: null,
    ...changes,
  });
}

/** Deployment of stack 12 that took five seconds and succeeded. */
export function operation(changes: Partial<Operation> = {}): Operation {
  return {
    operation_id: 7,
    stack_id: 12,
    project: "shop",
    hostId: "Localhost",
    target: { kind: "stack", name: "shop", id: "12" },
    action: "deploying",
    state: "succeeded",
    created_at: at(0),
    started_at: at(0),
    ended_at: at(5),
    exit_code: 0,
    error: null,
    ...changes,
  };
}

/** The end of an operation, as its stack reports it. */
export function lastOperation(changes: Partial<Operation> = {}): NonNullable<Stack["last_operation"]> {
  const { operation_id, action, state, ended_at } = operation(changes);
  return { operation_id, action, state, ended_at: ended_at! };
}

/** Plan of a deployment that recreates the service "web" and changes nothing else. */
export function plan(changes: Partial<DeploymentPlan> = {}): DeploymentPlan {
  return {
    services: [
      {
        service: "web",
        action: "recreate",
        reasons: ["image"],
        containers: ["shop-web-1"],
        downtime: { seconds: 3, measured: true },
      },
    ],
    images: [],
    volumes: [],
    networks: [],
    clashes: [],
    ...changes,
  };
}
