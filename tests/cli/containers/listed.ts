/** Containers as the table of `dockstat containers ls` receives them. */
import type { ListedContainer } from "../../../server/cli/containers/table.ts";
import { idOf } from "../../fakes/container.ts";

/** Creates a container with default values, changed as a test needs. */
export function listed(name: string, changes: Partial<ListedContainer> = {}): ListedContainer {
  return {
    id: idOf(name),
    hostId: "Localhost",
    name,
    image: "nginx:1.29",
    status: "Up 2 hours",
    state: "running",
    project: null,
    ...changes,
  };
}
