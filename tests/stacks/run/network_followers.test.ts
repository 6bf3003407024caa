import { assertEquals } from "../../assert.ts";
import { followersOf } from "../../../server/stacks/run/update_record.ts";
import { networkFollowers } from "../../../server/stacks/run/network_followers.ts";

const share = (network_mode: string) => ({ network_mode });

const CASES: Readonly<Record<string, readonly [services: object, followers: readonly string[]]>> = {
  "a service that shares by the name of the service follows": [
    { vpn: {}, web: share("service:vpn"), other: {} },
    ["web"],
  ],
  "a service that shares by the name of the container follows": [
    { vpn: { container_name: "gate" }, web: share("container:gate") },
    ["web"],
  ],
  "a chain follows in order": [
    { c: share("service:b"), b: share("service:vpn"), vpn: {} },
    ["b", "c"],
  ],
  "a ring ends": [{ vpn: share("service:b"), b: share("service:vpn") }, ["b"]],
  "a service with its own network does not follow": [
    { vpn: {}, web: share("host"), db: share("bridge") },
    [],
  ],
  "a container of another project is no service": [{ vpn: {}, web: share("container:vpn") }, []],
};
for (const [name, [services, followers]] of Object.entries(CASES)) {
  Deno.test(name, () => assertEquals(networkFollowers({ services }, "vpn"), [...followers]));
}

Deno.test("a text without services has no followers", () => {
  assertEquals(networkFollowers(null, "vpn"), []);
});

Deno.test("an escape in a key hides no follower", async () => {
  const text = 'services: {vpn: {image: a}, web: {"network\\x5fmode": "service:vpn"}}';
  assertEquals(await followersOf(text, "vpn"), ["web"]);
});
