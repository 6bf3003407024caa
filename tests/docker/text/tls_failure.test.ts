import { pemFault, tlsFailure } from "../../../server/docker/text/tls_failure.ts";
import { assertEquals, assertMatch } from "../../assert.ts";

const FAILURES = {
  "received fatal alert: CertificateExpired": /refuses the client certificate because it has expired/,
  "received fatal alert: UnknownCA": /tls\.cert must be issued by a CA that the engine trusts/,
  "received fatal alert: BadCertificate":
    /requires a client certificate that it trusts: set tls\.cert and tls\.key/,
  "received fatal alert: CertificateRequired":
    /requires a client certificate that it trusts: set tls\.cert and tls\.key/,
  "received fatal alert: HandshakeFailure": /requires a client certificate that it trusts/,
  "invalid peer certificate: UnknownIssuer": /set tls\.ca to the CA that did/,
  "unable to verify the first certificate": /set tls\.ca to the CA that did/,
  "self-signed certificate in certificate chain": /set tls\.ca to the CA that did/,
  "invalid peer certificate: certificate expired: verification time 17957 (UNIX), but certificate is not valid after 17":
    /engine's certificate has expired/,
  "invalid peer certificate: certificate not valid yet: verification time 1":
    /not valid yet: check the clocks of both machines/,
  "received corrupt message of type InvalidContentType": /this address does not use TLS/,
  "keys may not be consistent: KeyMismatch": /does not belong to the certificate/,
} as const;

for (const [message, explanation] of Object.entries(FAILURES)) {
  Deno.test(`explains "${message.slice(0, 60)}"`, () => {
    assertMatch(tlsFailure(message) ?? "", explanation);
  });
}

for (
  const [message, explanation] of [
    [
      'invalid peer certificate: certificate not valid for name "127.0.0.1"; certificate is only valid for IpAddress(10.214.9.9)',
      "the engine's certificate is not valid for 127.0.0.1, only for 10.214.9.9: use an address that it names, or issue another certificate",
    ],
    [
      'invalid peer certificate: certificate not valid for name "nas"; certificate is only valid for DnsName("a.test") or DnsName("b.test")',
      "the engine's certificate is not valid for nas, only for a.test or b.test: use an address that it names, or issue another certificate",
    ],
    [
      "Hostname/IP does not match certificate's altnames: Host: nas. is not in the cert's altnames",
      "the engine's certificate is not valid for this address: use an address that it names, or issue another certificate",
    ],
  ] as const
) {
  Deno.test(`names the address that is missing in a certificate: ${explanation.slice(40, 80)}`, () => {
    assertEquals(tlsFailure(message), explanation);
  });
}

Deno.test("the names of a hostile certificate are cut", () => {
  const names = Array.from({ length: 5000 }, (_, index) => `DnsName("n${index}.test")`).join(", ");
  const message = `certificate not valid for name "nas"; certificate is only valid for ${names}`;
  assertEquals((tlsFailure(message)?.length ?? 0) < 250, true);
});

Deno.test("other messages are not about TLS", () => {
  for (const message of ["connect ECONNREFUSED 10.0.0.5:2376", "No such container: expired", ""]) {
    assertEquals(tlsFailure(message), undefined);
  }
});

Deno.test("a PEM file of the wrong kind is named by its setting", () => {
  const [certificate, key] = ["-----BEGIN CERTIFICATE-----\n", "-----BEGIN EC PRIVATE KEY-----\n"];
  assertEquals([pemFault("ca", certificate), pemFault("key", key)], [undefined, undefined]);
  assertEquals(pemFault("key", "-----BEGIN PRIVATE KEY-----\n"), undefined);
  assertEquals(pemFault("ca", key), "tls.ca contains no certificate. Provide a PEM file");
  assertEquals(pemFault("key", certificate), "tls.key contains no private key. Provide a PEM file");
  assertEquals(pemFault("cert", "not a pem"), "tls.cert contains no certificate. Provide a PEM file");
});
