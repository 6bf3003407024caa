/** A feed of stacks on the fake server. */
import type { About } from "../../../../server/protocol/about.ts";
import type { HostReport } from "../../../../server/protocol/hosts.ts";
import type { Operation } from "../../../../server/protocol/operations.ts";
import type { Stack } from "../../../../server/protocol/stacks.ts";
import type { Readings } from "../../src/features/stacks/model/readings.ts";
import { StackFeed } from "../../src/features/stacks/model/stack_feed.ts";
import type { Task } from "../../src/features/stacks/parts/use_task.ts";
import { fakeClient } from "./client.ts";
import { host } from "./messages.ts";

/** Answers of the fake server, and the client. */
export interface FakeStacks {
  readonly stacks?: readonly Stack[];
  readonly hosts?: readonly HostReport[];
  readonly operations?: readonly Operation[];
  readonly about?: Partial<About>;
}

const NO_SHELF = { getItem: () => null, setItem: () => {} };

/** Feed that is connected, and has read the list unless `isRead` is false. */
export async function fakeStackFeed(
  { stacks = [], hosts = [host()], operations = [], about = {} }: FakeStacks,
  isRead = true,
  readings?: Readings,
) {
  const { transport, client } = fakeClient(about);
  const feed = new StackFeed(client, undefined, NO_SHELF, readings);
  if (isRead) {
    Object.assign(transport.answers, {
      "/stacks": stacks,
      "/docker/hosts": hosts,
      "/operations": operations,
    });
    transport.channels[0]!.listener.opened();
    await feed.reload();
  }
  return { transport, client, feed };
}

/** Task that sends each request at once and shows nothing. */
export function fakeTask(changes: Partial<Task> = {}): Task {
  return {
    asking: false,
    refusal: undefined,
    hasChangedFiles: false,
    dismiss: () => {},
    run: (work) => work(),
    ...changes,
  };
}
