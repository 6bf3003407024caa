/** Pure: explains failed TLS connections to an engine, in the messages of Deno and of Node. */

/** Maximum number of characters repeated from the names in a certificate, which are untrusted. */
const LONGEST_NAMES = 100;

/** Failures and their explanations, first match wins: what failed, and what to do. */
const EXPLANATIONS: readonly (readonly [sign: RegExp, message: string])[] = [
  [/KeyMismatch|key values mismatch/, "the TLS key does not belong to the certificate"],
  [
    /alert:? ?certificate ?expired/i,
    "the engine refuses the client certificate because it has expired: renew tls.cert",
  ],
  [
    // Older engines answer a missing certificate as a bad one.
    /alert:? ?(certificate ?required|bad ?certificate|handshake ?failure)/i,
    "the engine requires a client certificate that it trusts: set tls.cert and tls.key",
  ],
  [
    /alert:? ?(unknown ?ca|certificate ?unknown|decrypt ?error|unsupported ?certificate)/i,
    "the engine refuses the client certificate: tls.cert must be issued by a CA that the engine trusts",
  ],
  [
    /UnknownIssuer|unable to (verify|get)|self.signed|BadSignature/i,
    "the CA in tls.ca did not issue the engine's certificate: set tls.ca to the CA that did",
  ],
  [
    /not valid yet|not yet valid/i,
    "the engine's certificate is not valid yet: check the clocks of both machines",
  ],
  [
    /certificate (has )?expired/i,
    "the engine's certificate has expired: renew it on the engine's machine",
  ],
  [
    /InvalidContentType|wrong version number|packet length too long/i,
    "this address does not use TLS: check the port, or remove tls from the host",
  ],
];

/** Name and names in the message about a certificate for another address. */
const OTHER_NAME = /certificate not valid for name "([^"]*)"(?:; certificate is only valid for (.*))?/s;

/** Returns an explanation of a message about TLS; `undefined` for other messages. */
export function tlsFailure(message: string): string | undefined {
  const other = OTHER_NAME.exec(message);
  if (other !== null) return otherName(other[1]!, other[2]);
  if (/does not match certificate's altnames/i.test(message)) return otherName("this address");
  return EXPLANATIONS.find(([sign]) => sign.test(message))?.[1];
}

function otherName(name: string, names?: string): string {
  const kept = names?.slice(0, 2 * LONGEST_NAMES).replace(/\b(?:DnsName|IpAddress)\("?([^")]*)"?\)/g, "$1");
  const listed = kept?.slice(0, LONGEST_NAMES).trim();
  const only = listed ? `, only for ${listed}` : "";
  return `the engine's certificate is not valid for ${name}${only}: ` +
    "use an address that it names, or issue another certificate";
}

/** Beginning of a PEM text, by the setting that holds it. */
const PEM_KINDS = { ca: "CERTIFICATE", cert: "CERTIFICATE", key: "PRIVATE KEY" } as const;

/** Returns the reason why a text cannot be used as a TLS setting; `undefined` when it has the right kind of PEM block. */
export function pemFault(setting: keyof typeof PEM_KINDS, text: string): string | undefined {
  const kind = PEM_KINDS[setting];
  if (new RegExp(`-----BEGIN (?:[A-Z0-9]+ )*${kind}-----`).test(text)) return undefined;
  return `tls.${setting} contains no ${kind.toLowerCase()}. Provide a PEM file`;
}
