import { describeExit, isFailure } from "../../../../src/features/containers/attention/exit_meaning.ts";
import { assertEquals } from "../../../../../../tests/assert.ts";

for (
  const [exitCode, oomKilled, failed, text] of [
    [0, false, false, "exit 0, completed"],
    [1, false, true, "exit 1"],
    [127, null, true, "exit 127, command not found"],
    [130, false, false, "exit 130, interrupted"],
    [137, false, false, "exit 137, killed or stopped"],
    [137, null, false, "exit 137, killed or stopped"],
    [137, true, true, "exit 137, out of memory"],
    [139, false, true, "exit 139, segmentation fault"],
    [143, false, false, "exit 143, stopped"],
    [143, true, true, "exit 143, out of memory"],
    [159, false, true, "exit 159, signal 31"],
    [255, false, true, "exit 255"],
    [null, null, false, "exited"],
    [null, true, true, "out of memory"],
  ] as const
) {
  Deno.test(`exit code ${exitCode}, out of memory: ${oomKilled}, is "${text}"`, () => {
    assertEquals(describeExit({ exitCode, oomKilled }), text);
    assertEquals(isFailure({ exitCode, oomKilled }), failed);
  });
}
