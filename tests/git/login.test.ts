import { assertEquals, assertStringIncludes } from "../assert.ts";
import { connectionTo } from "../../server/git/login.ts";
import { OutboundClient } from "../../server/outbound/client.ts";
import { temporaryFolder } from "../fakes/folder.ts";
import { serveGit } from "./served.ts";

Deno.test("a password goes to its host only, and is in no answer, log, file or command line", async () => {
  const marker = "marker-51c2";
  Deno.env.set("TEST_GIT_PASSWORD", marker);
  await using git = await serveGit({ login: { username: "deploy", password: "env:TEST_GIT_PASSWORD" } });
  const { host, call, data } = git;
  host.authorization = `Basic ${btoa(`deploy:${marker}`)}`;
  const seen: string[] = [];
  host.intercept = () => {
    for (const { name } of Deno.readDirSync("/proc")) {
      if (/^\d+$/.test(name)) seen.push(readIfThere(`/proc/${name}/cmdline`));
    }
    for (const { name } of Deno.readDirSync(`${data}/git`)) {
      seen.push(readIfThere(`${data}/git/${name}/config`));
    }
    return undefined;
  };
  const { status, body } = await git.create();
  Deno.env.delete("TEST_GIT_PASSWORD");
  assertEquals(status, 201, JSON.stringify(body));
  const answers = await Promise.all(
    ["/stacks/1", "/operations", "/logs?tail=1000", "/audit", "/stacks/1/versions"].map((path) =>
      call("GET", path)
    ),
  );
  const all = JSON.stringify([seen, body, answers]);
  assertEquals([all.includes(marker), all.includes(btoa(`deploy:${marker}`))], [false, false]);
  assertEquals(seen.some((text) => text.includes("git")), true);
});

Deno.test("a password is not sent to another port of its host", async () => {
  await using git = await serveGit({ login: { url: "https://127.0.0.1:1", password: "env:PATH" } });
  git.host.authorization = "Basic x";
  const sent: (string | null)[] = [];
  git.host.intercept = ({ headers }) => {
    sent.push(headers.get("authorization"));
    return undefined;
  };
  const { status } = await git.create({});
  // Without its entry the certificate is not trusted either.
  assertEquals([status, sent.filter((one) => one !== null)], [503, []]);
});

Deno.test("a refused login is named on the stack", async () => {
  await using git = await serveGit();
  await git.create();
  git.host.authorization = "Basic other";
  const { body } = await git.pull();
  assertStringIncludes(body.error, "refuses the login");
  assertStringIncludes((await git.call("GET", "/stacks/1")).body.git.error, "refuses the login");
  const response = await fetch(`${git.served.server.url}/stacks/1`);
  assertEquals((await response.json()).git.error, "Sign in to see the details.");
});

Deno.test("ssh connects to the checked address, with the given key and nothing of the user", async () => {
  using folder = temporaryFolder();
  const hosts = [{
    url: "ssh://git.example.org:2222",
    username: "deploy",
    key: folder.path("my key"),
    knownHosts: folder.path("known"),
  }];
  const outbound = new OutboundClient({ resolve: () => Promise.resolve(["10.1.2.3"]) });
  const parts = { hosts, outbound, env: () => undefined };
  const url = "ssh://git.example.org:2222/shop.git";
  const { ssh } = await connectionTo(url, parts, new AbortController().signal);
  Deno.writeTextFileSync(folder.path("config"), ssh);
  const args = ["-F", folder.path("config"), "-G", "-p", "2222", "git.example.org"];
  const { stdout } = await new Deno.Command("ssh", { args }).output();
  const lines = new TextDecoder().decode(stdout).split("\n");
  for (
    const line of [
      ...[
        "hostname 10.1.2.3",
        "port 2222",
        "user deploy",
        "hostkeyalias [git.example.org]:2222",
        "batchmode yes",
      ],
      ...[`identityfile ${folder.path("my key")}`, "identitiesonly yes", "stricthostkeychecking true"],
      ...[`userknownhostsfile ${folder.path("known")}`, "globalknownhostsfile /dev/null", "forwardagent no"],
    ]
  ) {
    assertEquals(lines.includes(line), true, line);
  }
});

function readIfThere(path: string): string {
  try {
    return Deno.readTextFileSync(path);
  } catch {
    // The process has ended, or belongs to someone else.
    return "";
  }
}
