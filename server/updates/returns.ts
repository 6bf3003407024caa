/** Returns of services to the image that ran before their last update, as operations of their stacks. */
import { AppError } from "../errors.ts";
import { getLogger } from "../log/log.ts";
import type { Operation } from "../protocol/operations.ts";
import { imagePins } from "../stacks/run/image_pins.ts";
import type { Runner } from "../stacks/runner.ts";
import type { Running } from "../stacks/running.ts";
import type { Stacks } from "../stacks/stacks.ts";
import type { ServiceUpdate, ServiceUpdates } from "../store/images/service_updates.ts";
import type { StackStore } from "../store/stack_store.ts";
import { returnable } from "./managed_services.ts";

/** Parts of {@linkcode Returns}. */
export interface ReturnParts {
  readonly stacks: Pick<Stacks, "act" | "record" | "operation">;
  readonly runner: Pick<Runner, "checkFree">;
  readonly store: Pick<StackStore, "texts">;
  readonly imageUpdates: ServiceUpdates;
}

const log = getLogger(["dockstat", "updates"]);

/** Length of a digest in a sentence, with "sha256:". */
const SHORT = 19;

/** Starts returns. */
export class Returns {
  constructor(readonly parts: ReturnParts) {}

  /**
   * Returns a service to the image that ran before its last update.
   *
   * @throws {AppError} "not-found", "forbidden" if its host is view only, or "busy" if no update of its image is known
   *   or an operation runs.
   */
  async start(stackId: number, service: string, why: string): Promise<Running> {
    const { stacks, runner, imageUpdates } = this.parts;
    const { hostId, name: project, services } = stacks.record(stackId);
    runner.checkFree("roll back", hostId, project, stackId);
    const found = services.find(({ name }) => name === service);
    if (found === undefined) {
      throw new AppError("not-found", `Stack "${stackId}" has no service "${service.slice(0, 80)}"`);
    }
    const update = returnable({ image: found.image, updates: imageUpdates.of(stackId, service) });
    if (update === undefined) throw refusal(service, "DockStat knows no update of its image");
    return await this.#return(update, why);
  }

  async #return(update: ServiceUpdate, why: string): Promise<Running> {
    const { stacks, store, imageUpdates } = this.parts;
    const { stackId, service, image, before, after } = update;
    const pins = await imagePins([{ service, image, digest: before }], store.texts(stackId).compose);
    if (pins.text === undefined) throw refusal(service, "its image cannot be pinned to a digest");
    const note = `Service "${service}" returns from ${short(after)} to ${short(before)}: ${why}`;
    const running = await stacks.act(stackId, "deploy", { service, pins: { ...pins, notes: [note] } });
    const record = () => {
      if (!hasSucceeded(stacks.operation(running.operation.operation_id))) return;
      imageUpdates.change(update, { state: "returned", reason: why });
    };
    const failed = (error: unknown) =>
      log.error("Cannot record the return of {service}: {error}", { service, error });
    return { ...running, done: running.done.then(record).catch(failed) };
  }
}

/** Reports whether an operation has succeeded. */
export function hasSucceeded({ state }: Pick<Operation, "state">): boolean {
  return state === "succeeded";
}

/** Shortens a digest to its first 12 hexadecimal digits. */
function short(digest: string): string {
  return digest.slice(0, SHORT);
}

function refusal(service: string, why: string): AppError {
  return new AppError("busy", `Cannot roll back service "${service}": ${why}`);
}
