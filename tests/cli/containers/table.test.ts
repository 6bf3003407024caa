import { portKey, renderContainers } from "../../../server/cli/containers/table.ts";
import { assertEquals, assertStringIncludes } from "../../assert.ts";
import { listed } from "./listed.ts";

const PORT = { hostAddress: "0.0.0.0", public: 8080, private: 80, protocol: "tcp" };

Deno.test("lists containers by host and name, numbers in their order", () => {
  const lines = renderContainers(
    [listed("web-10"), listed("web-9", { project: "shop" }), listed("db", { hostId: "Attic" })],
    new Map(),
  );
  assertEquals(lines, [
    "NAME     IMAGE        STATUS       HOST        PROJECT   PORTS",
    "db       nginx:1.29   Up 2 hours   Attic       -         -",
    "web-9    nginx:1.29   Up 2 hours   Localhost   shop      -",
    "web-10   nginx:1.29   Up 2 hours   Localhost   -         -",
  ]);
});

Deno.test("shows each published port once, and no others", () => {
  const web = listed("web");
  const ports = [PORT, { ...PORT, hostAddress: "::" }, { ...PORT, public: 8443, private: 443 }, {
    ...PORT,
    hostAddress: null,
    public: null,
    private: 9000,
  }];
  const [, line = ""] = renderContainers([web], new Map([[portKey(web), ports]]));
  assertStringIncludes(line, "   8080->80/tcp, 8443->443/tcp");
  assertEquals(line.includes("9000"), false);
});

Deno.test("control characters of an engine stay out of the terminal", () => {
  const [, line = ""] = renderContainers([listed("a\x1b[2Jb", { status: "Up\nto" })], new Map());
  assertEquals(/\p{Cc}/u.test(line), false);
});
