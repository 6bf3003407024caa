/** Takes over projects that DockStat did not create. */
import { isOfProject } from "../docker/text/membership.ts";
import type * as v from "valibot";
import type { Container } from "../docker/container.ts";
import { AppError } from "../errors.ts";
import type { Adoption } from "../protocol/stack_requests.ts";
import type { Stack } from "../protocol/stacks.ts";
import { adoptedTexts, cannotAdopt } from "./adopt/adopted_texts.ts";
import { changesOfDeployment, type ServiceChange } from "./changes/service_changes.ts";
import { imagesOf } from "./deployment.ts";
import { endpointOf } from "./hosts.ts";
import { stackOwner, statusEvent } from "./progress/events.ts";
import type { StackParts } from "./parts.ts";
import type { Stacks } from "./stacks.ts";
import type { TextChecker } from "./text_checker.ts";
import type { Resolved } from "./validate/resolve.ts";

/** An adopted stack, with the services that its first deployment would change. */
export interface AdoptResult {
  readonly stack: Stack;
  readonly warnings: readonly ServiceChange[];
}

type Wanted = v.InferOutput<typeof Adoption>;

/** A project that could be adopted, with its texts as they are now. */
export interface AdoptableProject extends Awaited<ReturnType<typeof adoptedTexts>> {
  readonly containers: readonly Container[];
}

/** A project that Compose accepts. */
export interface CheckedProject extends AdoptableProject {
  readonly resolved: Resolved;
  /** The services that its first deployment would change. */
  readonly warnings: readonly ServiceChange[];
}

/** Adopts projects. */
export class Adopter {
  constructor(readonly stacks: Stacks, readonly parts: StackParts, readonly checker: TextChecker) {}

  /**
   * Reads a project that could be adopted, and changes nothing.
   *
   * @throws {AppError} "not-found", "busy" when it is a stack already, "invalid" when its files cannot be read.
   */
  async read({ project, hostId }: Wanted): Promise<AdoptableProject> {
    const { store, feed, hosts } = this.parts;
    const endpoint = endpointOf(hosts, hostId);
    store.checkName(hostId, project);
    const known = feed.containers(hostId);
    if (known === undefined) throw new AppError("engine-unreachable", `Host "${hostId}" cannot be read now`);
    const containers = known.filter((container) => isOfProject(container, project));
    const [container] = containers;
    if (container === undefined) {
      throw new AppError("not-found", `There is no project "${project}" on host "${hostId}"`);
    }
    if (!/^(unix|npipe):/.test(endpoint.url)) {
      throw cannotAdopt(project, `its files are on host "${hostId}", not here`);
    }
    const own = {
      data: await Deno.realPath(store.data),
      isStack: (id: number) => store.get(id) !== undefined,
    };
    return { containers, ...await adoptedTexts(project, container, own) };
  }

  /**
   * Checks a project that could be adopted, finds what its first deployment would change, and changes nothing.
   *
   * @throws {AppError} as {@linkcode read} does.
   */
  async preview({ project, hostId }: Wanted): Promise<CheckedProject> {
    const { containers, files, texts } = await this.read({ project, hostId });
    const { resolved } = await this.checker.check(texts, { name: project, hostId, folder: files.folder });
    const engine = this.parts.feed.engine(hostId);
    const warnings = await changesOfDeployment(resolved, { project, containers, engine });
    return { containers, files, texts, resolved, warnings };
  }

  /**
   * Adopts a project that DockStat did not create; its containers keep running and its files stay where they are.
   *
   * @throws {AppError} as {@linkcode read} does, and "busy" while an operation runs on it.
   */
  async adopt({ project, hostId }: Wanted): Promise<AdoptResult> {
    const { store, runner } = this.parts;
    runner.checkFree("adopt", hostId, project, null);
    const { containers, files, texts, resolved, warnings } = await this.preview({ project, hostId });
    const images = await imagesOf(resolved.services, this.parts.feed.engine(hostId));
    const state = this.parts.states.of(hostId, project);
    const status = state === "running" || state === "starting"
      ? "running"
      : state === "degraded"
      ? "degraded"
      : "exited";
    const { services } = resolved;
    const { stackId } = await store.create({ name: project, hostId, status, services, files, ...texts });
    const owner = stackOwner({ stackId, hostId, name: project });
    runner.publish(statusEvent(owner, status, `Project "${project}" was adopted`, state));
    const digest = store.versions.currentDigest(stackId);
    if (warnings.length === 0 && digest !== undefined) {
      store.versions.deployed(
        stackId,
        digest,
        images,
        newestOf(containers, this.parts.states.clockOffset(hostId, project)),
      );
    }
    return { stack: this.stacks.get(stackId), warnings };
  }
}

/**
 * Time at which the newest container was created: the last deployment of the project. It is never in the future, where
 * it would be newer than the next deployment.
 *
 * @param offsetMs The engine's clock minus ours.
 */
function newestOf(containers: readonly Pick<Container, "createdAt">[], offsetMs: number): Date {
  const times = containers.flatMap(({ createdAt }) => createdAt === null ? [] : createdAt - offsetMs);
  const now = Date.now();
  return new Date(times.length === 0 ? now : Math.min(now, Math.max(...times)));
}
