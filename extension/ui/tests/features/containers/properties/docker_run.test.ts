import fc from "fast-check";
import { assertEquals } from "../../../../../../tests/assert.ts";
import type { ContainerDetails } from "../../../../../../server/protocol/containers.ts";
import { runArguments, toDockerRun } from "../../../../src/features/containers/properties/docker_run.ts";
import { recreationOf } from "../../../../src/features/containers/properties/recreation.ts";
import { shellWord } from "../../../../src/features/containers/properties/shell_quote.ts";
import { details } from "../../../fakes/details.ts";

/** Texts without the byte 0, which no argument can have. */
const anyText = fc.oneof(
  fc.string({ unit: "binary", maxLength: 30 }),
  fc.string({ unit: fc.constantFrom(..."'\"\\$`!*?~#&|;<>(){}[] \t\n\r=-%^é😀"), maxLength: 30 }),
).map((text) => text.replaceAll("\0", "").toWellFormed());

/** Runs a script in a real shell and returns the arguments that it prints, each before a byte 0. */
async function printed(script: string): Promise<readonly string[]> {
  const shell = new Deno.Command("sh", { stdin: "piped", stdout: "piped", stderr: "inherit" }).spawn();
  const writer = shell.stdin.getWriter();
  const [output] = await Promise.all([
    shell.output(),
    writer.write(new TextEncoder().encode(script)).then(() => writer.close()),
  ]);
  return new TextDecoder().decode(output.stdout).split("\0").slice(0, -1);
}

Deno.test("a real shell returns 10,000 quoted texts byte for byte", async () => {
  const texts = fc.sample(anyText, 10_000);
  const lines = texts.map((text) => `printf '%s\\0' ${shellWord(text)}`);
  assertEquals(await printed(lines.join("\n")), texts);
});

const anyDetails: fc.Arbitrary<ContainerDetails> = fc.record({
  command: fc.array(anyText, { maxLength: 4 }),
  env: fc.array(fc.tuple(fc.stringMatching(/^[A-Z_]{1,8}$/), anyText), { maxLength: 4 }),
  labels: fc.dictionary(fc.stringMatching(/^[a-z.]{1,8}$/), anyText, { maxKeys: 4 }),
  target: anyText,
}).map(({ command, env, labels, target }) =>
  details({
    command,
    env: env.map(([name, value]) => ({ name, value, masked: false })),
    labels,
    mounts: [{ type: "bind", source: "/srv", destination: `/${target}`, readOnly: false, name: null }],
  })
);

Deno.test("a real shell passes the arguments of random containers to docker", async () => {
  const settings = fc.sample(anyDetails, 200).map(recreationOf);
  const script = ["docker() { for one; do printf '%s\\0' \"$one\"; done; }", ...settings.map(toDockerRun)];
  const expected = settings.flatMap((one) => runArguments(one).slice(1));
  assertEquals(await printed(script.join("\n")), expected);
});

const commandOf = (changes: Partial<ContainerDetails>) =>
  runArguments(recreationOf(details(changes))).join(" ");

Deno.test("writes one option per line", () => {
  assertEquals(
    toDockerRun(recreationOf(details({ entrypoint: null, command: ["nginx", "-g", "daemon off;"] }))),
    [
      "docker run --detach",
      "--name web",
      "--restart unless-stopped",
      "--workdir /srv",
      "--env MODE=production",
      "--env DB_PASSWORD",
      "--cpus 0.5",
      "--publish 8080:80",
      "--mount type=volume,source=data,target=/data,readonly",
      "--network shop_default",
      "--label com.example.team=a",
      "nginx:1.29 nginx -g 'daemon off;'",
    ].join(" \\\n  "),
  );
});

Deno.test("an entrypoint with arguments becomes an option and the first arguments", () => {
  const command = commandOf({ entrypoint: ["/init", "--"], command: ["run"] });
  assertEquals(command.endsWith("--entrypoint /init nginx:1.29 -- run"), true);
});

Deno.test("a path with a comma is quoted for docker's mounts", () => {
  const mounts = [{ type: "bind", source: "/a,b", destination: "/c", readOnly: false, name: null }];
  assertEquals(commandOf({ mounts }).includes('--mount type=bind,"source=/a,b",target=/c'), true);
});

Deno.test("keeps further options, and writes a switch without a value", () => {
  const options = [{ option: "--init", value: "" }, { option: "--security-opt", value: "no-new-privileges" }];
  assertEquals(commandOf({ options }).includes(" --init --security-opt no-new-privileges "), true);
});
