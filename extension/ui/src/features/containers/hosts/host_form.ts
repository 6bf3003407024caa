/** Pure: the form of a new host, and the requests that it makes. */
import type { HostAddress, NewHost } from "../../../../../../server/protocol/hosts/new_host.ts";
import { reasonOf, Refusal } from "../../../lib/transport/transport.ts";
import { parseLabels } from "./host_rows.ts";
import { LABELS } from "./labels.ts";

/** Texts of the form as typed. */
export interface HostForm {
  readonly id: string;
  readonly url: string;
  readonly labels: string;
  readonly publicName: string;
  /** PEM texts. */
  readonly ca: string;
  readonly cert: string;
  readonly key: string;
}

/** The form before anything is typed. */
export const EMPTY_FORM: HostForm = {
  id: "",
  url: "",
  labels: "",
  publicName: "",
  ca: "",
  cert: "",
  key: "",
};

/** Returns the address for a test; PEM texts belong to tcp only. */
export function addressOf({ url, ca, cert, key }: HostForm): HostAddress {
  const texts = Object.entries({ ca, cert, key }).filter(([, text]) => text.trim() !== "");
  const address = { url: url.trim() };
  return address.url.startsWith("tcp:") && texts.length > 0
    ? { ...address, tls: Object.fromEntries(texts) }
    : address;
}

/** Returns the new host; `undefined` if its labels cannot be read. */
export function newHostOf(form: HostForm): NewHost | undefined {
  const labels = parseLabels(form.labels);
  if (labels === undefined) return undefined;
  const publicName = form.publicName.trim();
  return {
    id: form.id.trim(),
    ...addressOf(form),
    ...Object.keys(labels).length > 0 && { labels },
    ...publicName !== "" && { publicName },
  };
}

/** Returns the reason of a failed request, with the fields named as in the form. */
export function failureText(error: unknown): string {
  const errors = error instanceof Refusal ? error.problem.errors ?? [] : [];
  if (errors.length === 0) return reasonOf(error);
  const names = new Map(Object.entries(LABELS).filter(([key]) => Object.hasOwn(EMPTY_FORM, key)));
  return errors.map(({ path, message }) => {
    const name = names.get(path.replace(/^tls\./, "")) ?? path;
    return `${name}: ${message.replace(/^found a text: /, "")}`;
  }).join("; ");
}
