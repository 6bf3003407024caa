import { readerCommand } from "../../server/kernel/reader_command.ts";
import { assert, assertEquals } from "../assert.ts";
import { idOf } from "../fakes/container.ts";
import { FakeKernel } from "../fakes/kernel.ts";

async function answers(
  kernel: FakeKernel,
  input: string,
): Promise<{ readonly code: number; readonly out: string }> {
  const [program = "", ...args] = readerCommand([kernel.mounts.proc, kernel.mounts.cgroup]);
  const child = new Deno.Command(program, {
    args,
    stdin: "piped",
    stdout: "piped",
    stderr: "null",
    clearEnv: true,
  }).spawn();
  const writer = child.stdin.getWriter();
  await writer.write(new TextEncoder().encode(input));
  await writer.close();
  const { code, stdout } = await child.output();
  return { code, out: new TextDecoder().decode(stdout) };
}

Deno.test("ends with its input", async () => {
  using kernel = new FakeKernel();
  assertEquals(await answers(kernel, ""), { code: 0, out: "" });
});

Deno.test("reads processes by number and containers by id, and no other path", async () => {
  using kernel = new FakeKernel();
  const id = idOf("web");
  for (
    const target of [
      { id, pid: "self" },
      { id, pid: "42/root" },
      { id, pid: 0 },
      { id, pid: -1 },
      { id, pid: 1.5 },
      {
        id: "../../etc",
        pid: 1,
      },
      { id },
      null,
    ]
  ) {
    const { code, out } = await answers(kernel, JSON.stringify({ targets: [target] }) + "\n");
    assertEquals([out, code === 0], ["", false], JSON.stringify(target));
  }
});

Deno.test("imports nothing that writes, connects or starts programs", async () => {
  const folder = new URL("../../server/", import.meta.url);
  const seen = new Set<string>();
  const visit = async (url: URL) => {
    if (seen.has(url.href)) return;
    seen.add(url.href);
    const source = await Deno.readTextFile(url);
    assert(
      !/Deno\.(?!args|stdin|stdout|open(?:Sync)?\(|readDirSync|readLinkSync|errors|FsFile|SeekMode)\w+/.test(
        source,
      ),
      url.pathname,
    );
    assert(!/\b(fetch|WebSocket|eval|Function)\(|import\(/.test(source), url.pathname);
    for (const [, path] of source.matchAll(/^(?:import(?! type)|} from|export .* from) ?.*"(.+)";$/gm)) {
      assert(path?.startsWith("."), `${url.pathname}: ${path}`);
      await visit(new URL(path!, url));
    }
  };
  await visit(new URL("kernel/reader_process.ts", folder));
  assertEquals(seen.has(new URL("kernel/kernel_text.ts", folder).href), true);
});
