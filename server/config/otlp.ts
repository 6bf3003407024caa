/** The key `otlp` of `dockstat.yaml`: the receiver of OpenTelemetry that metrics are sent to. */
import * as v from "valibot";
import { parseDuration } from "../duration.ts";

const URL_TEXT =
  "the address of a receiver without user name, query or fragment, such as https://otel.example.org/v1/metrics";
const EVERY = "a duration from 10s to 1h, such as 60s";
const HEADER = "the name of a header that DockStat does not set";
const REFERENCE = '"env:NAME" or "file:PATH": secrets are not written into this file';
const MOST_HEADERS = 16;
const HEADERS = `at most ${MOST_HEADERS} headers by name`;

/** Headers that belong to the request. */
const OWN_HEADERS =
  /^(?:host|connection|content-(?:length|type|encoding)|transfer-encoding|expect|upgrade|te|trailer)$/i;

const Header = v.pipe(
  v.string(HEADER),
  v.regex(/^[A-Za-z][A-Za-z0-9-]{0,63}$/, HEADER),
  v.check((name) => !OWN_HEADERS.test(name), HEADER),
);
const Reference = v.pipe(
  v.string(REFERENCE),
  v.regex(/^(?:env:[A-Za-z_][A-Za-z0-9_]{0,127}|file:[^\0\r\n]{1,1000})$/, REFERENCE),
);

/** Schema of the key. */
export const OtlpKeys = v.strictObject({
  url: v.pipe(v.string(URL_TEXT), v.maxLength(2000, URL_TEXT), v.check(isReceiver, URL_TEXT)),
  headers: v.optional(v.pipe(
    v.unknown(),
    v.check((value) => !Array.isArray(value), HEADERS),
    v.record(Header, Reference, HEADERS),
    v.check((headers) => Object.keys(headers).length <= MOST_HEADERS, HEADERS),
  )),
  every: v.optional(v.pipe(v.string(EVERY), v.check(isInterval, EVERY))),
}, "the keys url, headers and every");

/** Settings of the export to a receiver of OpenTelemetry. */
export interface OtlpSettings {
  readonly url: string;
  /** References such as `env:NAME` by the names of headers. */
  readonly headers: Readonly<Record<string, string>>;
  /** Time between two exports, ms. */
  readonly everyMs: number;
}

/** Returns the settings of the key; `undefined` without it. A URL without a path gets the usual one. */
export function toOtlp(key: v.InferOutput<typeof OtlpKeys> | undefined): OtlpSettings | undefined {
  if (key === undefined) return undefined;
  const url = new URL(key.url);
  if (url.pathname === "/") url.pathname = "/v1/metrics";
  return { url: url.href, headers: key.headers ?? {}, everyMs: parseDuration(key.every ?? "60s")! };
}

function isReceiver(text: string): boolean {
  return /^https?:\/\/[^@?#\s\\]+$/i.test(text) && URL.canParse(text);
}

function isInterval(text: string): boolean {
  const ms = parseDuration(text);
  return ms !== undefined && ms >= 10_000 && ms <= 3_600_000;
}
