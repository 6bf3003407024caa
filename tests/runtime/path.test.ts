import fc from "fast-check";
import * as node from "node:path";
import {
  basename,
  dirname,
  isAbsolute,
  normalize,
  posix,
  resolve,
  SEPARATOR,
} from "../../server/runtime/path.ts";
import { assertEquals } from "../assert.ts";

/** Paths with single slashes; Node keeps all but one of several in the name of a folder. */
const path = () =>
  fc.array(fc.constantFrom("/", ".", "..", "a", "b.c", "…", " ")).map((parts) =>
    parts.join("").replace(/\/+/g, "/")
  );

Deno.test("paths are taken apart and put together as by Node", () => {
  fc.assert(fc.property(path(), path(), (one, other) => {
    assertEquals(
      [basename(one), dirname(one), isAbsolute(one), normalize(one), resolve(one, other)],
      [
        node.basename(one),
        node.dirname(one),
        node.isAbsolute(one),
        node.normalize(one),
        node.resolve(one, other),
      ],
    );
  }));
  assertEquals(SEPARATOR, node.sep);
});

Deno.test("paths with slashes are as by Node on every machine", () => {
  fc.assert(fc.property(path(), path(), (one, other) => {
    assertEquals(
      [posix.basename(one), posix.dirname(one), posix.join(one, other), posix.normalize(one)],
      [
        node.posix.basename(one),
        node.posix.dirname(one),
        node.posix.join(one, other),
        node.posix.normalize(one),
      ],
    );
  }));
});

Deno.test("paths are resolved without the process of Node", async () => {
  const code = `const found = Object.getOwnPropertyDescriptor(globalThis, "process");
    Object.defineProperty(globalThis, "process", { get() { throw new Error("loaded"); } });
    const { resolve } = await import("${new URL("../../server/runtime/path.ts", import.meta.url)}");
    console.log(resolve("a/../b") === Deno.cwd() + "/b", typeof found);`;
  const { stdout, stderr } = await new Deno.Command(Deno.execPath(), { args: ["eval", code] }).output();
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  assertEquals(text(stdout), "true object\n", text(stderr));
});
