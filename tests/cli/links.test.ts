/** The links that a server prints on a terminal. */
import { networkUrls } from "../../server/listen/network.ts";
import { assert, assertEquals, eventually } from "../assert.ts";

const MOD = new URL("../../mod.ts", import.meta.url).pathname;

/** Runs a server on a terminal until it has printed a number of links, and returns its output. */
async function printed(links: number, ...flags: readonly string[]): Promise<string> {
  const serve = ["run", "--no-check", "-A", MOD, "serve", "--demo", "1", "--port", "0"];
  // "script" gives the server a terminal.
  const terminal = new Deno.Command("script", {
    args: ["-qfc", [Deno.execPath(), ...serve, ...flags].join(" "), "/dev/null"],
    env: { DOCKSTAT_TOKEN: "a-token-for-tests-only" },
    stdin: "null",
    stdout: "piped",
    stderr: "null",
  }).spawn();
  let out = "";
  const reading = terminal.stdout.pipeThrough(new TextDecoderStream())
    .pipeTo(new WritableStream({ write: (text) => void (out += text) }));
  await eventually("the links", () => [...out.matchAll(/#token=\S+\r\n/g)].length >= links);
  terminal.kill("SIGKILL");
  await Promise.all([terminal.status, reading]);
  return out.replaceAll("\r", "");
}

Deno.test({
  name: "on a terminal the links carry the token in their fragment, for this machine and for others",
  ignore: Deno.build.os !== "linux",
  fn: async () => {
    const others = networkUrls("0.0.0.0", "http://127.0.0.1:1").length;
    const out = await printed(1 + others, "--host", "0.0.0.0");
    const url = /^(http:\/\/127\.0\.0\.1:\d+)$/m.exec(out)?.[1] ?? "";
    const links = [...out.matchAll(/(http\S+)\/#token=a-token-for-tests-only$/gm)].map(([, link]) => link);
    assertEquals(links, [url, ...networkUrls("0.0.0.0", url)]);
    assert(networkUrls("0.0.0.0", url).every((other) => out.includes(`On another machine, open ${other}/#`)));
  },
});
