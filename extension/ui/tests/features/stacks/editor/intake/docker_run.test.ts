import { parse } from "yaml";
import { assert, assertEquals } from "../../../../../../../tests/assert.ts";
import {
  convertDockerRun,
  type Converted,
} from "../../../../../src/features/stacks/editor/intake/docker_run.ts";
import { findMistakes } from "../../../../../src/features/stacks/editor/language/mistakes.ts";

function converted(command: string): Converted {
  const result = convertDockerRun(command);
  assert(typeof result !== "string", String(result));
  return result;
}

const BASE = "docker run nginx:1";

Deno.test("converts a command over several lines, and takes its name", () => {
  const { compose, name, warnings } = converted(
    "docker run -d --name web \\\n  -p 127.0.0.1:80:80 -e A='x y' --restart=always nginx:1",
  );
  assertEquals([name, warnings], ["web", []]);
  assertEquals(parse(compose), {
    services: {
      nginx: { ports: ["127.0.0.1:80:80"], environment: ["A=x y"], restart: "always", image: "nginx:1" },
    },
  });
});

Deno.test("lets Compose create a named volume, as docker run does", () => {
  const { compose } = converted("docker run -v data:/data -v ./own:/own nginx:1");
  assertEquals(parse(compose).volumes, { data: { name: "data" } });
});

Deno.test("expands, runs and reads nothing", () => {
  const { compose, warnings } = converted(
    "docker run -e 'A=$(id)' -e B=$HOME --env-file=/etc/shadow nginx:1",
  );
  assert(compose.includes("A=$$(id)") && compose.includes("B=$$HOME"), compose);
  assert(!compose.includes("shadow"), compose);
  assertEquals(warnings, ["--env-file /etc/shadow is not read. Copy its lines to the environment."]);
});

for (
  const text of [
    `${BASE}; rm -rf /`,
    `${BASE} && id`,
    `${BASE} | sh`,
    `${BASE}\nid`,
    `${BASE} > /etc/passwd`,
    `${BASE} \`id\``,
    `${BASE} 'open`,
    "curl http://example.org",
    "docker rm web",
    "docker run",
    "",
    "x".repeat(30_000),
  ]
) {
  Deno.test(`refuses "${text.slice(0, 40).replaceAll("\n", " ")}"`, () => {
    assertEquals(typeof convertDockerRun(text), "string");
  });
}

for (
  const flag of [
    ...["--cap-drop ALL", "--cap-add NET_ADMIN", "--read-only", "--network none", "--privileged", "--init"],
    ...["--user 1:2", "-u 3", "--security-opt no-new-privileges", "--pids-limit 5", "--memory 1g", "-m 2g"],
    ...[
      "--cpus 0.5",
      "--device /dev/x",
      "--pid host",
      "--ipc host",
      "--uts host",
      "--userns host",
      "--gpus all",
    ],
    ...["-v a:/b:ro", "--mount type=bind,src=/a,dst=/b", "--tmpfs /t", "--volumes-from y", "-p 80:80", "-P"],
    ...["--expose 5", "--dns 1.1.1.1", "--add-host a:1.2.3.4", "--hostname h", "-h i", "-e X=1", "-l a=b"],
    ...[
      "--label-file f",
      "--env-file f",
      "--restart always",
      "--rm",
      "--stop-timeout 5",
      "--health-cmd true",
    ],
    ...[
      "--log-driver none",
      "--ulimit nofile=1:2",
      "--sysctl a=b",
      "--shm-size 1g",
      "--cpuset-cpus 0",
      "-it",
    ],
    ...[
      "--entrypoint x",
      "-w /w",
      "--platform linux/amd64",
      "--pull always",
      "--cgroup-parent x",
      "--group-add 5",
    ],
    ...[
      "--runtime runc",
      "--storage-opt size=1G",
      "--oom-kill-disable",
      "--oom-score-adj 5",
      "--blkio-weight 5",
    ],
    ...[
      "--cidfile x",
      "--detach-keys x",
      "--unknown x",
      "--no-healthcheck",
      "--ip 10.0.0.2",
      "--network-alias n",
    ],
  ]
) {
  Deno.test(`${flag} is in the result or in a warning`, () => {
    const { compose, warnings } = converted(`docker run ${flag} nginx:1`);
    assert(compose !== converted(BASE).compose || warnings.length > 0, compose);
    assertEquals(findMistakes(compose).map(({ message }) => message), []);
  });
}
