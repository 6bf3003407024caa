import { assertEquals } from "../../../../../../tests/assert.ts";
import { STACK_NAME as SERVER_STACK_NAME } from "../../../../../../server/protocol/stack_requests.ts";
import { defaultHost as serverDefaultHost } from "../../../../../../server/stacks/hosts.ts";
import { defaultHost, nameMistake, STACK_NAME } from "../../../../src/features/stacks/editor/server_rules.ts";

Deno.test("accepts exactly the stack names that the server accepts", () => {
  assertEquals([STACK_NAME.source, STACK_NAME.flags], [SERVER_STACK_NAME.source, SERVER_STACK_NAME.flags]);
});

for (const hostIds of [["Localhost"], ["nas", "Localhost"], ["nas", "pi"], ["pi", "nas"]]) {
  Deno.test(`selects the server's default host among ${hostIds.join(" and ")}`, () => {
    const hosts = new Map(hostIds.map((hostId) => [hostId, undefined]));
    assertEquals(defaultHost(hostIds.map((hostId) => ({ hostId }))), serverDefaultHost(hosts));
  });
}

Deno.test("selects no host before the hosts are known", () => assertEquals(defaultHost([]), undefined));

Deno.test("explains what is wrong with a stack name", () => {
  assertEquals(["web", "a", "0_-", "a".repeat(63)].map(nameMistake), Array(4).fill(undefined));
  for (const name of ["", "Web", "-a", "a b", "a".repeat(64)]) {
    assertEquals(typeof nameMistake(name), "string", name);
  }
});
