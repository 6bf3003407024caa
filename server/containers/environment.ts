/** Pure: the environment of a container, without the values of variables that look like secrets. */
import { redact } from "../log/redact.ts";
import type { ContainerVariable } from "../protocol/containers.ts";
import { itemsOf, textOf } from "../untrusted_json.ts";

/** Parts of the names of secrets. */
const SECRET_PART =
  /pass|pwd|secret|token|credential|cookie|bearer|auth(?!or)|salt|private|signature|session|connection_?string|webhook|_dsn$|api_?key|access_?key/i;
/** A key or a PIN as a separate part of a name. */
const SECRET_WORD = /(?:^|[_.-])(?:keys?|pin|psk|cert|otp|hmac|jwt)(?:$|[_.-])/i;

/** Folders of a shell, which contain a part of a secret's name. */
const NOT_SECRET = /^(old)?pwd$/i;

/** Reports whether the value of a variable is probably a secret: by its name, or by credentials in an address. */
export function looksSecret(name: string, value: string): boolean {
  const isNamed = !NOT_SECRET.test(name) && (SECRET_PART.test(name) || SECRET_WORD.test(name));
  return isNamed || redact(value) !== value;
}

/** Converts the engine's list of `NAME=value`. */
export function toVariables(env: unknown, showSecrets: boolean): ContainerVariable[] {
  return itemsOf(env).map(textOf).filter((line) => line !== undefined).map((line) => {
    const at = line.indexOf("=");
    const [name, value] = at < 0 ? [line, ""] : [line.slice(0, at), line.slice(at + 1)];
    const masked = !showSecrets && value !== "" && looksSecret(name, value);
    return { name, value: masked ? null : value, masked };
  });
}
