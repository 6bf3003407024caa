import { assertEquals, assertThrows } from "../../assert.ts";
import { findPhrases, parsePhrases } from "../../../tools/lint/phrases.ts";

const found = (phrases: string, text: string, path = "server/a.ts") =>
  findPhrases(parsePhrases(phrases), path, text).map(({ text, offset }) => [text, offset]);

Deno.test("finds a phrase in any case, every time", () => {
  assertEquals(found("\\banew\\b => again", "Anew, and anew. Renewed."), [["Anew", 0], ["anew", 10]]);
});

Deno.test("respects the case if an expression requires it", () => {
  assertEquals(found("(?-i:^Who ) => clients", "Who may read"), [["Who ", 0]]);
  assertEquals(found("(?-i:^Who ) => clients", "who may read"), []);
});

Deno.test("skips comments and empty lines of the list", () => {
  assertEquals(parsePhrases("# a => b\n\n\\bc\\b => d\r\n").map(({ instead }) => instead), ["d"]);
});

Deno.test("permits a phrase in files and folders with a reason", () => {
  const list = "a => b\n  except server/c.ts: a name\n  except docs/: quotations\n";
  assertEquals(found(list, "a", "server/c.ts"), []);
  assertEquals(found(list, "a", "docs/deep/c.md"), []);
  assertEquals(found(list, "a", "server/cc.ts"), [["a", 0]]);
});

Deno.test("rejects lines that it cannot read", () => {
  for (const line of ["anew", "anew =>", "  except a.ts: a reason", "(a => b"]) {
    assertThrows(() => parsePhrases(line), SyntaxError);
  }
  assertThrows(() => parsePhrases("a => b\n  except a.ts"), SyntaxError, "line 2");
});

const LIST = await Deno.readTextFile(new URL("../../../tools/lint/phrases.txt", import.meta.url));

const DIALECT = [
  "Tells whether a credential is valid",
  "A watcher is told of the end",
  "Nothing is said",
  "check says what is missing",
  "Why it failed, in its own words",
  "Whoever guesses is stopped",
  "nobody listens",
  "Who may open the file",
  "for who asks",
  "The doors are open",
  "read anew",
  "how often of late",
  "always in sight",
  "where it stands in the text",
  "a reading that lasts so long",
  "comes back by itself",
  "a folder of its own",
  "where there is none",
  "a path that is no socket",
  "a stack that is to be",
  "the output goes on",
  "It is tried again",
];

Deno.test("the list of the project finds the dialect", () => {
  for (const text of DIALECT) assertEquals(found(LIST, text).length > 0, true, text);
});

const ENGLISH = [
  "There is no container of this name.",
  "It is no longer running.",
  "The id tells stacks and projects apart.",
  "A stand-in for the registry",
  "stands for a host",
  "The standard output",
  "Reports what is missing",
  "Two words of a search",
  "Password required",
  "So many that they do not fit",
  "Who can open this file?",
  "Restarts automatically",
  "Retries after 1 to 30 s",
  "Looks up a host name",
  "The host has none.",
  "An error that says what to do",
  "The message says how to sign in.",
];

Deno.test("the list of the project accepts plain English", () => {
  for (const text of ENGLISH) assertEquals(found(LIST, text), [], text);
});
