import fc from "fast-check";
import { isBranch, isGitUrl, isRepositoryPath } from "../../server/protocol/git/source_rules.ts";
import { assertEquals } from "../assert.ts";
import { BAD_BRANCHES, BAD_PATHS, BAD_URLS } from "./sources.ts";

Deno.test("accepts only addresses of https and ssh that no program reads as an option", () => {
  assertEquals(BAD_URLS.filter(isGitUrl), []);
  const good = [
    "https://git.example.org/team/shop.git",
    "ssh://git.example.org:2222/~me/shop",
    "https://[::1]:8443/x",
  ];
  assertEquals(good.filter((url) => !isGitUrl(url)), []);
});

Deno.test("accepts only names of branches and paths within the repository", () => {
  assertEquals(BAD_BRANCHES.filter(isBranch), []);
  assertEquals(BAD_PATHS.filter(isRepositoryPath), []);
  assertEquals(["main", "feature/a-1", "release/1.2", "größe"].filter((name) => !isBranch(name)), []);
});

Deno.test("no accepted address has anything but scheme, host, port and path", () => {
  const part = fc.string({ unit: fc.constantFrom(...":/@?#-.%\\[]~ a1\n\0é"), maxLength: 12 });
  const text = fc.tuple(fc.constantFrom("https://", "ssh://", "", "ext::", "https:/", "-"), part, part);
  fc.assert(
    fc.property(text, (parts) => {
      const url = parts.join("");
      if (!isGitUrl(url)) return true;
      const { protocol, username, password, search, hash, hostname } = new URL(url);
      return /^(https|ssh):$/.test(protocol) && username + password + search + hash === "" &&
        hostname !== "" && !hostname.startsWith("-");
    }),
    { numRuns: 5000 },
  );
});
