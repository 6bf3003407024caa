/** Engines on a fake machine. */
import { FileReader } from "../../server/kernel/file_reader.ts";
import type { KernelChoice } from "../../server/kernel/open_reader.ts";
import { assert } from "../assert.ts";
import { type fakeContainer, FakeEngine } from "../fakes/engine.ts";
import type { FakeKernel } from "../fakes/kernel.ts";

/** Creates an engine that answers with the numbers of the same files. */
export function engineOn(reader: FileReader, ...containers: ReturnType<typeof fakeContainer>[]): FakeEngine {
  const engine = new FakeEngine(...containers);
  engine.reading = async (id) => {
    const pid = engine.containers.get(id)?.pid ?? 0;
    const [reading] = await reader.read({ targets: [{ id, pid }], memoryBytes: 1024 });
    assert(reading && "raw" in reading);
    return reading.raw;
  };
  return engine;
}

/** Returns the choice of a reader of a fake machine. */
export function choiceOf(kernel: FakeKernel): KernelChoice {
  return { reader: new FileReader(kernel.mounts), way: "a test", data: { kind: "folder" } };
}
