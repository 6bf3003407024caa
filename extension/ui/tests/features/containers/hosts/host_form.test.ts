import { assertEquals } from "../../../../../../tests/assert.ts";
import { failureText } from "../../../../src/features/containers/hosts/host_form.ts";
import { Refusal, Unreachable } from "../../../../src/lib/transport/transport.ts";

function refusal(errors: readonly { path: string; message: string }[]) {
  const detail = "Cannot use the body";
  return new Refusal({ type: "about:blank", title: "Invalid", status: 422, detail, errors: [...errors] });
}

Deno.test("a refused host is explained with the names of the form's fields", () => {
  const errors = [
    { path: "url", message: "found a text: expected an address" },
    { path: "tls.ca", message: "found a text: expected the text of a PEM file" },
    { path: "other", message: "unknown key" },
  ];
  assertEquals(
    failureText(refusal(errors)),
    "Address: expected an address; CA certificate: expected the text of a PEM file; other: unknown key",
  );
});

Deno.test("a refusal without errors is explained with the message of the server", () => {
  assertEquals(failureText(refusal([])), "Cannot use the body");
});

Deno.test("a server that does not answer is explained with its failure", () => {
  assertEquals(failureText(new Unreachable("no answer")), "no answer");
});
