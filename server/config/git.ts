/** The key `git` of `dockstat.yaml`: logins and certificates of Git hosts. */
import * as v from "valibot";

const ENDPOINT = "an address without a path, such as https://git.example.org or ssh://git.example.org:2222";
const Endpoint = v.pipe(v.string(ENDPOINT), v.check(isEndpoint, ENDPOINT));
const REFERENCE = '"env:NAME" or "file:PATH": secrets are not written into this file';
const Reference = v.pipe(
  v.string(REFERENCE),
  v.regex(/^(?:env:[A-Za-z_][A-Za-z0-9_]{0,127}|file:[^\0\r\n]{1,1000})$/, REFERENCE),
);
const USER = "a user name of letters, digits, dots, dashes, underscores, @ and +";
const FILE = "the path of a file";
const File = v.pipe(v.string(FILE), v.regex(/^[^\0\r\n"]{1,1000}$/, FILE));

const Host = v.strictObject({
  url: Endpoint,
  username: v.optional(v.pipe(v.string(USER), v.regex(/^[\w@.+][\w@.+-]{0,99}$/, USER))),
  password: v.optional(Reference),
  ca: v.optional(File),
  key: v.optional(File),
  knownHosts: v.optional(File),
}, "the keys url, username, password, ca, key and knownHosts");

/** Schema of the key. */
export const GitKeys = v.strictObject(
  { hosts: v.optional(v.array(Host, "a list of Git hosts")) },
  "the key hosts",
);

/** Login and certificates of a Git host. */
export interface GitHost {
  /** Scheme, host and port that the login is for. */
  readonly url: string;
  /** Default `git`. */
  readonly username?: string | undefined;
  /** Reference such as `file:/run/secrets/git`, for https. */
  readonly password?: string | undefined;
  /** PEM file of the certificate authority, for https. */
  readonly ca?: string | undefined;
  /** File of the private key, for ssh. */
  readonly key?: string | undefined;
  /** File of the host keys, for ssh. */
  readonly knownHosts?: string | undefined;
}

function isEndpoint(text: string): boolean {
  return /^(?:https|ssh):\/\/[^/@?#\s\\]+\/?$/.test(text) && URL.canParse(text);
}
