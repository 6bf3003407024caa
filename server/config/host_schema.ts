/** The hosts of `dockstat.yaml`: their keys and types. */
import * as v from "valibot";
import { isHost } from "../address.ts";

const DOCKER_URL = /^(unix:\/\/\/|tcp:\/\/[^/\s]+|https?:\/\/[^/\s]+|ssh:\/\/[^/\s]+)/;

const path = v.pipe(v.string("a path"), v.minLength(1, "a path"));

/** Pattern of a host id. */
export const HOST_ID = /^[A-Za-z0-9][A-Za-z0-9_.-]{0,62}$/;

/** An engine's address as in `DOCKER_HOST`. */
const EngineUrl = v.pipe(
  v.string('an address such as "unix:///var/run/docker.sock"'),
  v.regex(
    DOCKER_URL,
    'an address such as "unix:///var/run/docker.sock", "tcp://10.0.0.5:2376" or "ssh://user@host"',
  ),
  v.check(
    isWholeAddress,
    "a valid address: scheme, name, port or path only",
  ),
);

/** Reports whether every part of an address is valid and nothing is left over. */
export function isWholeAddress(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { search, hash, pathname, protocol } = new URL(text);
  if (search !== "" || hash !== "" || /%(?![0-9a-fA-F]{2})/.test(pathname)) return false;
  return protocol === "unix:" || protocol === "ssh:" || pathname === "" || pathname === "/";
}

/** A name that links to published ports have. */
export const PUBLIC_NAME = 'a name or address such as "nas.example.org"';

const labels = v.optional(v.record(v.string(), v.string("a text"), "labels as names and texts"));
const tls = v.optional(v.strictObject(
  { ca: v.optional(path), cert: v.optional(path), key: v.optional(path) },
  "the keys ca, cert and key",
));

const Host = v.strictObject({
  id: v.pipe(
    v.string("a name"),
    v.regex(HOST_ID, "a name of letters, digits, dots, dashes and underscores, 63 at most"),
  ),
  url: v.optional(EngineUrl),
  context: v.optional(
    v.pipe(v.string("the name of a Docker context"), v.minLength(1, "the name of a Docker context")),
  ),
  tls,
  labels,
  publicName: v.optional(v.pipe(v.string(PUBLIC_NAME), v.check(isHost, PUBLIC_NAME))),
}, "a host with the keys id and url (or context)");

/** A host of the file. */
export type FileHost = v.InferOutput<typeof Host>;

const SWARM_URL = 'an address such as "tcp://tasks.agent:2375"';

const Swarm = v.strictObject({
  swarm: v.pipe(
    v.string(SWARM_URL),
    v.regex(/^tcp:\/\/[^/\s@]+\/?$/, SWARM_URL),
    v.check(isWholeAddress, SWARM_URL),
  ),
  tls,
  labels,
}, "a name with the key swarm");

/** A name of the file with the nodes of a swarm behind it. */
export type FileSwarm = v.InferOutput<typeof Swarm>;

/** An entry of the hosts of the file. */
export const HostEntry = v.lazy((input): typeof Host | typeof Swarm => isSwarm(input) ? Swarm : Host);

function isSwarm(input: unknown): boolean {
  return typeof input === "object" && input !== null && "swarm" in input;
}
