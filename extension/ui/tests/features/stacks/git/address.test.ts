import { assertEquals } from "../../../../../../tests/assert.ts";
import { nameOfRepository, repositoryAddress } from "../../../../src/features/stacks/git/address.ts";

for (
  const [text, expected] of [
    ["git@github.com:team/shop.git", "ssh://github.com/team/shop.git"],
    ["github.com:team/shop.git", "ssh://github.com/team/shop.git"],
    ["ssh://git@git.example.org:2222/team/shop.git", "ssh://git.example.org:2222/team/shop.git"],
    ["git.example.org/team/shop", "https://git.example.org/team/shop"],
    ["git.example.org:8443/team/shop", "https://git.example.org:8443/team/shop"],
    [" https://git.example.org/team/shop ", "https://git.example.org/team/shop"],
    ["https://me:secret@git.example.org/x", "https://me:secret@git.example.org/x"],
    ["file:///etc/passwd", "file:///etc/passwd"],
    ["ext::sh -c id", "ext::sh -c id"],
    ["-uhttp://x", "-uhttp://x"],
    ["", ""],
  ] as const
) {
  Deno.test(`reads the address ${JSON.stringify(text)} as ${JSON.stringify(expected)}`, () => {
    assertEquals(repositoryAddress(text), expected);
  });
}

for (
  const [address, expected] of [
    ["https://github.com/Team/My.Shop.git", "my-shop"],
    ["git@github.com:team/shop.git", "shop"],
    ["git@git.example.org:shop.git", "shop"],
    ["https://git.example.org/team/shop/", "shop"],
    ["https://git.example.org/team/--", ""],
    [`https://git.example.org/${"a".repeat(80)}`, ""],
    ["", ""],
  ] as const
) {
  Deno.test(`suggests the name ${JSON.stringify(expected)} for ${address.slice(0, 60)}`, () => {
    assertEquals(nameOfRepository(address), expected);
  });
}
