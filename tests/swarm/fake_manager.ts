/** A fake manager of a swarm with one service, whose tasks follow its definition at once. */
import { AppError } from "../../server/errors.ts";
import type { EngineCall } from "../../server/docker/engine.ts";
import { FakeEngine } from "../fakes/engine.ts";

/** Id of the fake service. */
export const SERVICE = "icug1sopvo51jltcvsm562ep0";

/** One task of the fake manager. */
export interface FakeTask {
  readonly slot: number;
  readonly state: string;
  readonly desired: string;
  readonly error?: string;
}

/** An engine that is a manager. */
export class FakeManager extends FakeEngine {
  /** Wanted number of tasks. */
  replicas = 2;
  /** Number of forced updates. */
  forced = 0;
  /** State of the node. */
  nodeState = "ready";
  /** Newest availability that was sent for the node. */
  availability = "active";
  /** Called after each list of tasks. */
  onTasks: () => unknown = () => {};
  /** False for an engine that is a worker. */
  isManager = true;
  /** State of the newest update. */
  update: { readonly State: string; readonly Message: string } | undefined;
  /** Tasks of the service. */
  tasks: FakeTask[] = [];
  /** Refusals of the removal of a network before it succeeds. */
  busyNetwork = 0;
  /** Paths of removed objects. */
  readonly removed: string[] = [];

  constructor() {
    super();
    this.#settle();
    this.onCall = (call) => this.answer(call);
  }

  #settle(): void {
    this.tasks = Array.from({ length: this.replicas }, (_, at) => (
      { slot: at + 1, state: "running", desired: "running" }
    ));
  }

  /** Answers a request as a manager. */
  answer({ method, path, body }: EngineCall): unknown {
    const [pathname = "", query = ""] = path.split("?");
    if (method === "DELETE") return this.#remove(pathname);
    if (method === "POST" && pathname.startsWith("/nodes/")) return this.#setNode(body);
    if (method === "POST") return this.#change(query, body);
    if (pathname === "/info") return { Swarm: { ControlAvailable: this.isManager, Cluster: { ID: "c1" } } };
    if (pathname === "/nodes") {
      return [{ ...NODES[0], Status: { State: this.nodeState, Addr: "10.99.8.1" } }, ...NODES.slice(1)];
    }
    if (pathname.startsWith("/nodes/")) return { ...NODES[0], Version: { Index: 7 } };
    if (pathname === "/services") return [this.service()];
    if (pathname === `/services/${SERVICE}`) return this.service();
    if (pathname === "/tasks") return this.#listTasks();
    if (pathname === "/networks") return [{ Id: "lzm4d0ebjjk8gkzmynmcyvfoh", Name: "shop_default" }];
    return [];
  }

  #listTasks(): object[] {
    const listed = this.tasks.map((task, at) => toTask(task, at));
    this.onTasks();
    return listed;
  }

  #remove(path: string): undefined {
    if (path.startsWith("/networks/") && this.busyNetwork-- > 0) {
      throw new AppError("engine-refused", "network is in use by task");
    }
    this.removed.push(path);
  }

  /** A drained node has its tasks shut down one after the other. */
  #setNode(body: unknown): undefined {
    this.availability = (body as { readonly Availability: string }).Availability;
    if (this.availability !== "drain") return;
    this.tasks = this.tasks.map((task, at) => ({
      ...task,
      desired: "shutdown",
      state: at === 0 ? "running" : "shutdown",
    }));
    if (this.nodeState === "ready") {
      this.onTasks = () => this.tasks = this.tasks.map((task) => ({ ...task, state: "shutdown" }));
    }
  }

  #change(query: string, body: unknown): unknown {
    if (query !== "version=20" && query !== "version=20&rollback=previous") {
      throw new AppError("engine-refused", "update out of sequence");
    }
    const { Mode, TaskTemplate } = body as {
      readonly Mode: { readonly Replicated: { readonly Replicas: number } };
      readonly TaskTemplate: { readonly ForceUpdate?: number };
    };
    this.replicas = Mode.Replicated.Replicas;
    this.forced = TaskTemplate.ForceUpdate ?? 0;
    if (this.update === undefined) this.#settle();
    return { Warnings: ["image could not be accessed"] };
  }

  /** Returns the service as the engine does. */
  service(): object {
    return {
      ID: SERVICE,
      Version: { Index: 20 },
      Spec: {
        Name: "shop_web",
        Labels: { "com.docker.stack.namespace": "shop" },
        TaskTemplate: {
          ContainerSpec: { Image: `shop-web:1@sha256:${"a".repeat(64)}` },
          ForceUpdate: this.forced,
        },
        Mode: { Replicated: { Replicas: this.replicas } },
      },
      PreviousSpec: { Name: "shop_web" },
      UpdateStatus: this.update,
    };
  }
}

const NODES = [
  {
    ID: "fr9cjiwzuvm1lzfpm6y1qb7jz",
    Spec: { Role: "manager", Availability: "active" },
    Description: {
      Hostname: "vm",
      Resources: { NanoCPUs: 2_000_000_000, MemoryBytes: 1024 },
      Engine: { EngineVersion: "28.5.2" },
    },
    Status: { State: "ready", Addr: "10.99.8.1" },
    ManagerStatus: { Leader: true },
  },
  { ID: "../x" },
  null,
];

function toTask({ slot, state, desired, error }: FakeTask, at: number): object {
  return {
    ID: `task${at}`,
    ServiceID: SERVICE,
    Slot: slot,
    NodeID: "fr9cjiwzuvm1lzfpm6y1qb7jz",
    CreatedAt: `2026-11-26T15:36:${String(10 + at).padStart(2, "0")}Z`,
    DesiredState: desired,
    Status: {
      State: state,
      Err: error,
      Timestamp: "2026-11-26T15:36:38Z",
      ContainerStatus: { ContainerID: "c0" },
    },
  };
}
