/**
 * Pure: the keys of a compose file, by the objects that contain them.
 *
 * Taken from `schema/compose-spec.json` of compose-go 2.16.2, the version in Compose 5.7.0. The keys of older versions
 * of Compose are a subset. {@link https://github.com/compose-spec/compose-go/blob/v2.16.2/schema/compose-spec.json}
 */

/** An object whose keys are fixed. */
export interface ObjectShape {
  /** The keys, with the shape of their values; `undefined` for values without fixed keys. */
  readonly keys: ReadonlyMap<string, Shape>;
  /** True for the specification of a container, which may name files and programs. */
  readonly isContainer: boolean;
}

/** Shape of a value: an object with fixed keys, a list or mapping of them, or anything else. */
export type Shape = ObjectShape | { readonly each: ObjectShape } | undefined;

/** Creates an object shape from key names and from keys whose values have fixed keys as well. */
function object(names: string, nested: Readonly<Record<string, Shape>> = {}): ObjectShape {
  const plain = names.split(" ").filter((name) => name !== "").map((name) => [name, undefined] as const);
  return { keys: new Map([...plain, ...Object.entries(nested)]), isContainer: false };
}

/** Creates the shape of a list of objects, or of a mapping from free names to objects. */
function each(shape: ObjectShape): Shape {
  return { each: shape };
}

/** Merges the keys of several shapes to the specification of a container. */
function container(...shapes: readonly ObjectShape[]): ObjectShape {
  return { keys: new Map(shapes.flatMap(({ keys }) => [...keys])), isContainer: true };
}

const ULIMITS = each(object("hard soft"));
const MOUNTED_FILES = each(object("gid mode source target uid"));
const DEVICES = each(object("capabilities count device_ids driver options"));
const RATES = each(object("path rate"));
const HOOK = container(object("command environment privileged user working_dir"));

const BUILD = object(
  "additional_contexts args cache_from cache_to context dockerfile dockerfile_inline entitlements extra_hosts " +
    "isolation labels network no_cache no_cache_filter platforms privileged provenance pull sbom shm_size ssh tags " +
    "target",
  { secrets: MOUNTED_FILES, ulimits: ULIMITS },
);

const MOUNT = object("consistency read_only source target type", {
  bind: object("create_host_path propagation recursive selinux"),
  image: object("subpath"),
  tmpfs: object("mode size"),
  volume: object("labels nocopy subpath"),
});

const UPDATE = object("delay failure_action max_failure_ratio monitor order parallelism");

const DEPLOY = object("endpoint_mode labels mode replicas", {
  placement: object("constraints max_replicas_per_node", { preferences: each(object("spread")) }),
  resources: object("", {
    limits: object("cpus memory pids"),
    reservations: object("cpus memory", {
      devices: DEVICES,
      generic_resources: each(object("", { discrete_resource_spec: object("kind value") })),
    }),
  }),
  restart_policy: object("condition delay max_attempts window"),
  rollback_config: UPDATE,
  update_config: UPDATE,
});

const DEVELOP = object("", {
  watch: each(object("action ignore include initial_sync path target", { exec: HOOK })),
});

/** Keys of everything that becomes a container. */
const CONTAINER = object(
  "annotations cap_add cap_drop cgroup cgroup_parent command cpu_count cpu_percent cpu_period cpu_quota " +
    "cpu_rt_period cpu_rt_runtime cpu_shares cpus cpuset device_cgroup_rules dns dns_opt dns_search domainname " +
    "entrypoint environment extra_hosts group_add hostname image init ipc isolation label_file labels mac_address " +
    "mem_limit mem_reservation mem_swappiness memswap_limit network_mode oom_kill_disable oom_score_adj pid " +
    "pids_limit platform privileged pull_policy pull_refresh_after read_only runtime security_opt shm_size " +
    "stop_grace_period stop_signal storage_opt sysctls tmpfs umask use_api_socket user userns_mode uts volumes_from " +
    "working_dir",
  {
    blkio_config: object("weight", {
      device_read_bps: RATES,
      device_read_iops: RATES,
      device_write_bps: RATES,
      device_write_iops: RATES,
      weight_device: each(object("path weight")),
    }),
    configs: MOUNTED_FILES,
    credential_spec: object("config file registry"),
    devices: each(object("permissions source target")),
    env_file: each(object("format path required")),
    gpus: DEVICES,
    logging: object("driver options"),
    models: each(object("endpoint_var model_var")),
    networks: each(object(
      "aliases driver_opts gw_priority interface_name ipv4_address ipv6_address link_local_ips mac_address priority " +
        "use_service_name_alias",
    )),
    secrets: MOUNTED_FILES,
    ulimits: ULIMITS,
    volumes: each(MOUNT),
  },
);

/** Further keys of services and jobs. */
const WORKLOAD = object("expose profiles stdin_open tty", {
  build: BUILD,
  depends_on: each(object("condition required restart")),
  healthcheck: object("disable interval retries start_interval start_period test timeout"),
  ports: each(object("app_protocol host_ip mode name protocol published target")),
});

const SERVICE = container(
  CONTAINER,
  WORKLOAD,
  object("attach container_name external_links links restart scale", {
    deploy: DEPLOY,
    develop: DEVELOP,
    extends: object("file service"),
    post_start: each(HOOK),
    pre_start: each(container(CONTAINER, object("per_replica"))),
    pre_stop: each(HOOK),
    provider: object("options type"),
  }),
);

const JOB = container(
  CONTAINER,
  WORKLOAD,
  object("", {
    triggers: object("manual", { schedule: each(object("concurrency cron missed_fires timezone")) }),
  }),
);

const EXTERNAL = { external: object("name") };

/** A whole compose file. */
export const COMPOSE_FILE: ObjectShape = object("name version", {
  configs: each(object("content environment file labels name template_driver", EXTERNAL)),
  include: each(object("env_file path project_directory")),
  jobs: each(JOB),
  models: each(object("context_size model name runtime_flags")),
  networks: each(object("attachable driver driver_opts enable_ipv4 enable_ipv6 internal labels name", {
    ...EXTERNAL,
    ipam: object("driver options", { config: each(object("aux_addresses gateway ip_range subnet")) }),
  })),
  secrets: each(object("driver driver_opts environment file labels name template_driver", EXTERNAL)),
  services: each(SERVICE),
  volumes: each(object("driver driver_opts labels name", EXTERNAL)),
});
