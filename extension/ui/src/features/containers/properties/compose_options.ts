/** Pure: further options of `docker run` as keys of a Compose service. */
import type { Recreation } from "./recreation.ts";

type Options = Recreation["options"];

/** Keys with a list of values as they are typed. */
const LISTS: Readonly<Record<string, string>> = {
  "--security-opt": "security_opt",
  "--device": "devices",
  "--group-add": "group_add",
  "--sysctl": "sysctls",
  "--dns": "dns",
  "--dns-search": "dns_search",
  "--dns-option": "dns_opt",
  "--add-host": "extra_hosts",
  "--tmpfs": "tmpfs",
};
/** Keys with one value. */
const TEXTS: Readonly<Record<string, string>> = {
  "--ipc": "ipc",
  "--pid": "pid",
  "--uts": "uts",
  "--userns": "userns_mode",
  "--runtime": "runtime",
  "--cgroup-parent": "cgroup_parent",
  "--cpuset-cpus": "cpuset",
  "--shm-size": "shm_size",
  "--hostname": "hostname",
};
const NUMBERS: Readonly<Record<string, string>> = {
  "--cpu-shares": "cpu_shares",
  "--oom-score-adj": "oom_score_adj",
};
const SWITCHES: Readonly<Record<string, string>> = {
  "--init": "init",
  "--tty": "tty",
  "--interactive": "stdin_open",
};

/** Returns the keys of a service for options. */
export function furtherOf(options: Options): Readonly<Record<string, unknown>> {
  const valuesOf = (option: string) =>
    options.filter((one) => one.option === option).map(({ value }) => escaped(value));
  const pick = (keys: Readonly<Record<string, string>>, convert: (values: string[]) => unknown) =>
    Object.fromEntries(
      Object.entries(keys).flatMap(([option, key]) => {
        const values = valuesOf(option);
        return values.length === 0 ? [] : [[key, convert(values)]];
      }),
    );
  return {
    ...pick(LISTS, (values) => values),
    ...pick(TEXTS, ([value]) => value),
    ...pick(NUMBERS, ([value]) => Number(value)),
    ...pick(SWITCHES, () => true),
    ...pick({ "--stop-timeout": "stop_grace_period" }, ([value]) => `${value}s`),
    ...pick({ "--ulimit": "ulimits" }, (values) => Object.fromEntries(values.map(ulimitOf))),
  };
}

/** Returns the options of the log driver. */
export function logOptionsOf(options: Options): Readonly<Record<string, string>> {
  return Object.fromEntries(
    options.filter(({ option }) => option === "--log-opt").map(({ value }) => {
      const at = value.indexOf("=");
      return [value.slice(0, at), escaped(value.slice(at + 1))];
    }),
  );
}

/** Compose replaces variables in every text; two dollars are one. */
export function escaped(text: string): string {
  return text.replaceAll("$", "$$$$");
}

function ulimitOf(limit: string): readonly [string, { readonly soft: number; readonly hard: number }] {
  const [name = "", values = ""] = limit.split("=");
  const [soft, hard] = values.split(":").map(Number);
  return [name, { soft: soft ?? 0, hard: hard ?? 0 }];
}
