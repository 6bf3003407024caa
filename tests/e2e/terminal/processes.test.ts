/** Terminals on real engines: their processes, from the start to the end. */
import { assertEquals, assertMatch, eventually } from "../../assert.ts";
import { TOKEN } from "../../client.ts";
import { TerminalClient } from "../../terminal/client.ts";
import { docker, realEngines } from "../engines.ts";
import { serveContainer, type TerminalServer } from "./scene.ts";

/** Path of the container's terminal. */
function pathOf({ id }: TerminalServer): string {
  return `/containers/Localhost/${id}/terminal`;
}

/** Signs in and returns the session. */
async function signIn({ server }: TerminalServer): Promise<string> {
  const answer = await fetch(`${server.url}/sessions`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ token: TOKEN }),
  });
  return (await answer.json()).session;
}

for (const engine of await realEngines()) {
  Deno.test(`terminals on Docker ${engine.version}`, async (test) => {
    await using it = await serveContainer(engine, `terminal-${engine.name}`);
    const open = (start: object, secret = TOKEN) =>
      TerminalClient.open(it.server.url, start, `${pathOf(it)}?cols=100&rows=30`, secret);
    const commands = async () => (await docker(engine, "top", it.id, "-o", "pid,args")).split("\n").slice(1);

    await test.step("a shell has the size of its terminal, and its exit code arrives", async () => {
      await using client = await open({ cmd: [], user: null });
      await client.shows("# ");
      client.type("busybox stty size; exit 5\n");
      await client.end();
      assertMatch(client.output, /30 100\r\n/);
      assertEquals(client.frames.at(-1), { exit: 5 });
    });

    await test.step("a program notices a new size of its terminal", async () => {
      const program = "trap 'busybox stty size' WINCH; echo waiting; while :; do busybox sleep 0.1; done";
      await using client = await open({ cmd: ["sh", "-c", program], user: null });
      await client.shows("waiting");
      client.send({ resize: [120, 40] });
      await client.shows("40 120\r\n");
    });

    await test.step("a command that the image does not have is named", async () => {
      await using client = await open({ cmd: ["bash", "-l"], user: null });
      await client.end();
      assertEquals(client.frames[1].kind, "command-not-found");
    });

    await test.step("a user that the image does not have is named", async () => {
      await using client = await open({ cmd: ["sh"], user: "nobody9" });
      await client.end();
      assertMatch(client.frames[1].error, /has no user "nobody9"/);
    });

    await test.step("input of every byte arrives exactly", async () => {
      const bytes = Uint8Array.from({ length: 100_000 }, (_, index) => index * 31 % 256);
      await using client = await open({ cmd: ["cat"], user: null, tty: false, flow: true });
      client.send(bytes);
      client.send({ eof: true });
      await client.end();
      const received = client.chunks.flatMap((chunk) => [...chunk.subarray(1)]);
      assertEquals(new Uint8Array(received), bytes);
    });

    await test.step("signing out ends a process that ignores SIGHUP, and its children of another session", async () => {
      const session = await signIn(it);
      await using client = await open({ cmd: ["sh"], user: "12345" }, session);
      await client.shows("$ ");
      client.type("trap '' HUP; busybox setsid sleep 1000001 & sleep 1000002\n");
      await eventually("the processes", async () => (await commands()).length === 4);
      const headers = { authorization: `Bearer ${session}` };
      await fetch(`${it.server.url}/sessions/current`, { method: "DELETE", headers });
      assertEquals((await client.end()).code, 1008);
      await eventually("the end of the processes", async () => (await commands()).length === 1);
      const [operation] = await eventually("the end of the operation", async () => {
        const all = await it.get("/operations");
        return all[0].ended_at !== null && all;
      });
      assertEquals([operation.state, operation.error], ["succeeded", null]);
    });

    await test.step("an operation whose container is paused ends its command, or says that it still runs", async () => {
      const client = await open({ cmd: ["sleep", "1000003"], user: null });
      await eventually("the process", async () => (await commands()).length === 2);
      await docker(engine, "pause", it.id);
      await client[Symbol.asyncDispose]();
      const { error } = await eventually("the end of the operation", async () => {
        const [newest] = await it.get("/operations");
        return newest.ended_at !== null && newest;
      });
      // A kernel with cgroup v2 ends processes of a paused container.
      const isLeft = (await commands()).length === 2;
      await docker(engine, "unpause", it.id);
      assertEquals(/^The command still runs in container "terminal-\w+": /.test(error ?? ""), isLeft);
      await eventually("the end of the process", async () => (await commands()).length === 1);
    });

    await test.step("without a shell a command is named, and one that ignores signals is killed", async () => {
      await docker(engine, "exec", it.id, "busybox", "rm", "/bin/sh");
      await using missing = await open({ cmd: [], user: null });
      await missing.end();
      assertEquals(missing.frames[1].kind, "command-not-found");
      assertMatch(missing.frames[1].error, /has no shell/);
      const program = "trap '' HUP INT QUIT TERM; echo ready; while :; do busybox sleep 1; done";
      const client = await open({ cmd: ["busybox", "sh", "-c", program], user: null });
      await client.shows("ready");
      await client[Symbol.asyncDispose]();
      await eventually("the end of the processes", async () => (await commands()).length === 1);
      const [operation] = await eventually("the end of the operation", async () => {
        const all = await it.get("/operations");
        return all[0].ended_at !== null && all;
      });
      assertEquals([operation.state, operation.error], ["succeeded", null]);
    });

    await test.step("a container that stops ends its terminal with the reason", async () => {
      await using client = await open({ cmd: ["busybox", "sh"], user: null });
      await client.shows("# ");
      await docker(engine, "kill", it.id);
      await client.end();
      assertEquals(client.frames[1].kind, "stopped");
    });
  });
}
