import { runOptionsOf } from "../../server/containers/run_options.ts";
import { assertEquals } from "../assert.ts";

const ID = "abcdef012345".padEnd(64, "0");

/** The options as they are typed. */
const typed = (HostConfig: object, Config: object = {}) =>
  runOptionsOf({ Id: ID, HostConfig, Config }).map(({ option, value }) => `${option} ${value}`.trim());

Deno.test("a container that was created without options has none", () => {
  const host = {
    ...{ SecurityOpt: null, Devices: [], IpcMode: "private", PidMode: "", UTSMode: "", UsernsMode: "" },
    ...{ Runtime: "runc", ShmSize: 67_108_864, Dns: [], Ulimits: [], OomScoreAdj: 0, CpuShares: 0 },
    ...{ Init: null, LogConfig: { Type: "json-file", Config: {} }, NetworkMode: "bridge" },
  };
  assertEquals(typed(host, { Hostname: ID.slice(0, 12), Tty: false, OpenStdin: false }), []);
});

for (
  const [host, config, options] of [
    [{ SecurityOpt: ["no-new-privileges", "label=disable"] }, {}, [
      "--security-opt no-new-privileges",
      "--security-opt label=disable",
    ]],
    [
      { Devices: [{ PathOnHost: "/dev/a", PathInContainer: "/dev/b", CgroupPermissions: "r" }] },
      {},
      ["--device /dev/a:/dev/b:r"],
    ],
    [{ IpcMode: "host", PidMode: "host", UsernsMode: "host" }, {}, [
      "--ipc host",
      "--pid host",
      "--userns host",
    ]],
    [{ Runtime: "nvidia", GroupAdd: ["video"], Sysctls: { "net.core.somaxconn": "1024" } }, {}, [
      "--runtime nvidia",
      "--group-add video",
      "--sysctl net.core.somaxconn=1024",
    ]],
    [{ Dns: ["1.1.1.1"], DnsSearch: ["lan"], ExtraHosts: ["a:1.2.3.4"] }, {}, [
      "--dns 1.1.1.1",
      "--dns-search lan",
      "--add-host a:1.2.3.4",
    ]],
    [{ Tmpfs: { "/run": "size=1m", "/tmp": "" }, ShmSize: 128, CpusetCpus: "0-1" }, {}, [
      "--tmpfs /run:size=1m",
      "--tmpfs /tmp",
      "--shm-size 128",
      "--cpuset-cpus 0-1",
    ]],
    [{ Ulimits: [{ Name: "nofile", Soft: 10, Hard: 20 }] }, {}, ["--ulimit nofile=10:20"]],
    [{ Init: true }, { Hostname: "web", Tty: true, OpenStdin: true, StopTimeout: 60 }, [
      "--hostname web",
      "--init",
      "--tty",
      "--interactive",
      "--stop-timeout 60",
    ]],
    [{ NetworkMode: "host" }, { Hostname: "machine" }, []],
    [{ LogConfig: { Config: { "max-size": "1m", "splunk-token": "x" } } }, {}, ["--log-opt max-size=1m"]],
    [{ SecurityOpt: 7, Devices: [{}, 3], Ulimits: "x", Tmpfs: [], Sysctls: null }, { Hostname: 5 }, []],
  ] as const
) {
  Deno.test(`the options of ${JSON.stringify(host)} and ${JSON.stringify(config)}`, () => {
    assertEquals(typed(host, config), [...options]);
  });
}
