/** Requests to add and test a host, and the outcome of a test. */
import * as v from "valibot";
import { isHost } from "../../address.ts";
import { described } from "../schema.ts";

/** Longest PEM text in characters; a chain of certificates fits. */
const LONGEST_PEM = 65_536;
const MOST_LABELS = 32;
/** Longest label in characters. */
const LONGEST_LABEL = 128;

const ID = "a name of letters, digits, dots, dashes and underscores, 63 at most";
const URL_FORM = "an address such as tcp://10.0.0.5:2376 or ssh://user@host, without a path";
const PEM = "the text of a PEM file, 64 KiB at most";
const LABELS = `at most ${MOST_LABELS} labels of 1 to ${LONGEST_LABEL} characters`;
const PUBLIC_NAME = "a name or address such as nas.example.org";

const port = "(?::([1-9]\\d{0,4}))?";
/** Paths, options of ssh and addresses of other kinds do not match. */
const TCP = new RegExp(`^tcp://(\\[[0-9a-fA-F:.]+\\]|[A-Za-z0-9_][A-Za-z0-9_.-]{0,252})${port}$`);
const SSH = new RegExp(
  `^ssh://(?:[A-Za-z_][A-Za-z0-9_.-]{0,31}@)?(\\[[0-9a-fA-F:.]+\\]|[A-Za-z0-9_][A-Za-z0-9_.-]{0,252})${port}$`,
);

/** Reports whether an address may be given in the page: tcp, or ssh without a path. */
export function isPageUrl(text: string): boolean {
  const [, host = "", digits] = TCP.exec(text) ?? SSH.exec(text) ?? [];
  return URL.canParse(text) && isHost(host.replace(/^\[|\]$/g, "")) && Number(digits ?? 1) <= 65_535;
}

function pem(kinds: readonly string[]) {
  const isPem = (text: string) => kinds.some((kind) => text.includes(`-----BEGIN ${kind}-----`));
  return v.optional(v.pipe(v.string(PEM), v.maxLength(LONGEST_PEM, PEM), v.check(isPem, PEM)));
}

const label = v.pipe(v.string(LABELS), v.minLength(1, LABELS), v.maxLength(LONGEST_LABEL, LABELS));

const address = {
  url: v.pipe(v.string(URL_FORM), v.check(isPageUrl, URL_FORM)),
  tls: v.optional(described(
    v.pipe(
      v.strictObject({
        ca: pem(["CERTIFICATE"]),
        cert: pem(["CERTIFICATE"]),
        key: pem(["PRIVATE KEY", "EC PRIVATE KEY", "RSA PRIVATE KEY"]),
      }, "PEM texts with the keys ca, cert and key"),
      v.check(
        ({ cert, key }) => (cert === undefined) === (key === undefined),
        "cert and key, which go together",
      ),
    ),
    "PEM texts, for tcp only.",
  )),
};

const ONLY_TCP = "tls only with tcp";

function hasRightTls({ url, tls }: { readonly url: string; readonly tls?: unknown }): boolean {
  return tls === undefined || url.startsWith("tcp:");
}

/** The body of `POST /hosts/test`. */
export const HostAddress = v.pipe(
  v.strictObject(address, "an object"),
  v.check((host) => hasRightTls(host), ONLY_TCP),
);
/** A body in the shape of {@linkcode HostAddress}. */
export type HostAddress = v.InferOutput<typeof HostAddress>;

/** The body of `POST /hosts`. */
export const NewHost = v.pipe(
  v.strictObject({
    id: v.pipe(v.string(ID), v.regex(/^[A-Za-z0-9][A-Za-z0-9_.-]{0,62}$/, ID)),
    ...address,
    labels: v.optional(
      v.pipe(
        v.record(label, label, LABELS),
        v.check((labels) => Object.keys(labels).length <= MOST_LABELS, LABELS),
      ),
    ),
    publicName: v.optional(v.pipe(v.string(PUBLIC_NAME), v.check(isHost, PUBLIC_NAME))),
  }, "an object"),
  v.check((host) => hasRightTls(host), ONLY_TCP),
);
/** A body in the shape of {@linkcode NewHost}. */
export type NewHost = v.InferOutput<typeof NewHost>;

/** Outcomes of a test; nothing that the other side has sent is part of them. */
export const HOST_TEST_OUTCOMES = [
  "connected",
  "forbidden-address",
  "unreachable",
  "untrusted",
  "not-an-engine",
] as const;

/** The answer of `POST /hosts/test`. */
export const HostTest = v.strictObject({
  outcome: described(
    v.picklist(HOST_TEST_OUTCOMES),
    "`forbidden-address` is an address of DockStat's own machine or link; `untrusted` means that TLS or ssh failed " +
      "to authenticate one of the sides.",
  ),
});
/** An answer in the shape of {@linkcode HostTest}. */
export type HostTest = Readonly<v.InferOutput<typeof HostTest>>;
