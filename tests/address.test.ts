import { isLoopback, listenAddress, serverUrl, toBasePath } from "../server/address.ts";
import { assertEquals } from "./assert.ts";

Deno.test("loopback is an address or localhost, not a name that resembles one", () => {
  for (const name of ["127.0.0.1", "127.9.9.9", "localhost", "[::1]", "::1", "LOCALHOST"]) {
    assertEquals(isLoopback(name), true);
  }
  for (const name of ["127.0.0.1.nip.io", "localhost.evil", "0.0.0.0", "127.evil.0.1"]) {
    assertEquals(isLoopback(name), false);
  }
});

Deno.test("a server URL contains an address that local clients can use", () => {
  assertEquals(serverUrl("http", "0.0.0.0", 80), "http://127.0.0.1:80");
  assertEquals(serverUrl("https", "::", 443), "https://[::1]:443");
  assertEquals(serverUrl("http", "fe80::1", 80), "http://[fe80::1]:80");
});

Deno.test("the listen address mentions all addresses of the machine", () => {
  assertEquals(listenAddress("127.0.0.1", "http://127.0.0.1:80"), "http://127.0.0.1:80");
  assertEquals(
    listenAddress("::", "http://[::1]:80"),
    "all addresses of this machine, port 80; on this machine http://[::1]:80",
  );
  assertEquals(
    listenAddress("0.0.0.0", "http://127.0.0.1:80/dockstat"),
    "all addresses of this machine, port 80; on this machine http://127.0.0.1:80/dockstat",
  );
});

Deno.test("the URL of a server ends with its base path", () => {
  assertEquals(serverUrl("http", "127.0.0.1", 80, "/dockstat"), "http://127.0.0.1:80/dockstat");
});

Deno.test("a base path starts with a slash, loses its last one, and has plain segments", () => {
  assertEquals(["", "/", "/a", "/a/", "/a/b-1_c.d~"].map(toBasePath), ["", "", "/a", "/a", "/a/b-1_c.d~"]);
  const refused = [
    "a",
    "//a",
    "/a//b",
    "/a//",
    "/.",
    "/a/..",
    "/a b",
    "/%61",
    "/a?b",
    "/a#b",
    "/ä",
    "http://a/b",
  ];
  for (const text of [...refused, `/${"a".repeat(300)}`]) {
    assertEquals([text, toBasePath(text)], [text, undefined]);
  }
});
