/** The details of one container, and the change of its limits. */
import * as v from "valibot";
import { containerId, count, described, finite, id, time } from "./schema.ts";

const text = v.nullable(v.string());
const flag = v.nullable(v.boolean());
const texts = v.nullable(v.array(v.string()));
const whole = v.nullable(v.pipe(v.number(), v.integer()));
const moment = v.nullable(time);

/** A port of a container. */
export const ContainerPort = v.strictObject({
  hostAddress: described(text, "Address of the host; `null` if the port is not published."),
  public: described(v.nullable(count), "Port of the host; `null` if it is not published."),
  private: v.nullable(count),
  protocol: text,
});

/** A mount of a container. */
export const ContainerMount = v.strictObject({
  type: described(text, "Such as bind, volume or tmpfs."),
  source: text,
  destination: text,
  readOnly: flag,
  name: described(text, "Name of a volume."),
});

/** A network of a container. */
export const ContainerNetwork = v.strictObject({
  name: v.string(),
  address: text,
  ip6: text,
  gateway: text,
  mac: text,
  aliases: texts,
});

/** The limits of a container; `null` for no limit. */
export const ContainerLimits = v.strictObject({
  cpus: described(v.nullable(finite), "Cores."),
  memoryBytes: v.nullable(finite),
  memorySwapBytes: described(v.nullable(finite), "Memory and swap together."),
  memoryReservationBytes: v.nullable(finite),
  pids: v.nullable(count),
});

/** Limits in the shape of {@linkcode ContainerLimits}. */
export type ContainerLimits = Readonly<v.InferOutput<typeof ContainerLimits>>;

/** A variable of a container's environment. */
export const ContainerVariable = v.strictObject({
  name: v.string(),
  value: described(text, "`null` when it is masked."),
  masked: described(v.boolean(), "True for a value that looks like a secret, without `secrets=1`."),
});

/** A variable in the shape of {@linkcode ContainerVariable}. */
export type ContainerVariable = Readonly<v.InferOutput<typeof ContainerVariable>>;

/** The health of a container with a health check. */
export const ContainerHealth = v.strictObject({
  status: text,
  failingStreak: v.nullable(count),
  log: described(
    v.array(v.strictObject({
      start: moment,
      end: moment,
      exitCode: whole,
      output: described(text, "The first 4,096 characters."),
    })),
    "The newest 10 results, oldest first.",
  ),
});

/** Health in the shape of {@linkcode ContainerHealth}. */
export type ContainerHealth = Readonly<v.InferOutput<typeof ContainerHealth>>;

/** The details of a container; a value that the engine does not report is `null`. */
export const ContainerDetails = v.strictObject({
  id: containerId,
  name: v.string(),
  hostId: v.string(),
  image: described(text, "As the container was created with it."),
  imageId: text,
  imageDigest: described(text, "Digest in the image's repository, such as `nginx@sha256:…`."),
  created: moment,
  command: texts,
  entrypoint: texts,
  workingDir: text,
  user: text,
  state: text,
  status: described(v.string(), "The text of `docker ps`."),
  exitCode: whole,
  oomKilled: flag,
  startedAt: moment,
  finishedAt: moment,
  restartCount: v.nullable(count),
  restartPolicy: v.strictObject({ name: text, maximumRetryCount: v.nullable(count) }),
  ports: v.array(ContainerPort),
  mounts: v.array(ContainerMount),
  networks: v.array(ContainerNetwork),
  limits: ContainerLimits,
  labels: v.record(v.string(), v.string()),
  env: v.array(ContainerVariable),
  health: described(v.nullable(ContainerHealth), "`null` without a health check."),
  project: text,
  service: text,
  number: described(v.nullable(count), "Number within its service."),
  stack_id: described(v.nullable(id), "`null` for a container that belongs to no stack."),
  networkMode: text,
  privileged: flag,
  capAdd: texts,
  capDrop: texts,
  readOnlyRootfs: flag,
  logDriver: text,
  options: described(
    v.array(v.strictObject({ option: v.string(), value: described(v.string(), "Empty for a switch.") })),
    "Further options of `docker run` that differ from the defaults, without options of the log driver that look " +
      "like secrets.",
  ),
});

/** Details in the shape of {@linkcode ContainerDetails}. */
export type ContainerDetails = Readonly<v.InferOutput<typeof ContainerDetails>>;

/** Smallest memory limit that engines accept, bytes. */
export const MIN_MEMORY_BYTES = 6 * 1024 * 1024;
/** Smallest CPU limit that engines accept, cores. */
export const MIN_CPUS = 0.01;

const CPUS = `a number of cores, ${MIN_CPUS} or more, or null for no limit`;
const MEMORY = `a whole number of bytes, ${MIN_MEMORY_BYTES} (6 MiB) or more, or null for no limit`;
const POLICY = "no, always, unless-stopped, on-failure, on-failure:N, or null";

/** New limits of a container; a key that is missing changes nothing. */
export const LimitChange = v.strictObject({
  cpus: v.optional(
    described(
      v.nullable(v.pipe(v.number(CPUS), v.finite(CPUS), v.minValue(MIN_CPUS, CPUS)), null),
      "Cores, at most those of the host; `null` removes the limit.",
    ),
  ),
  memoryBytes: v.optional(
    described(
      v.nullable(v.pipe(v.number(MEMORY), v.safeInteger(MEMORY), v.minValue(MIN_MEMORY_BYTES, MEMORY)), null),
      "6 MiB at least; `null` removes the limit. The swap stays the same.",
    ),
  ),
  restartPolicy: v.optional(
    described(
      v.nullable(
        v.pipe(v.string(POLICY), v.regex(/^(no|always|unless-stopped|on-failure(:\d{1,6})?)$/, POLICY)),
        null,
      ),
      "`no`, `always`, `unless-stopped`, or `on-failure` with an optional `:N`; `null` is `no`.",
    ),
  ),
});

/** New limits in the shape of {@linkcode LimitChange}. */
export type LimitChange = Readonly<v.InferOutput<typeof LimitChange>>;
