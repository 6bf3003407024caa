import type { About } from "../../../../../server/protocol/about.ts";
import type { HostReport } from "../../../../../server/protocol/hosts.ts";
import { describeLive } from "../../components/live_notice.tsx";
import type { SocketRecord } from "../../lib/client.ts";
import { formatBytes, formatTime } from "../../lib/format.ts";
import { withoutSecrets } from "./without_secrets.ts";

/** One part of the report: names and values, as people read them. */
export interface Section {
  readonly title: string;
  readonly rows: readonly (readonly [name: string, value: string])[];
}

/** An answer of the server, or why there is none. */
export type Answer<T> = { readonly value: T } | { readonly error: string };

/** The answer of `POST /session`, as far as it is no secret. */
export interface SessionAnswer {
  readonly wsBase: string | null;
  readonly expiresAt: string;
}

/** What the report is made from. */
export interface Facts {
  /** Epoch ms. */
  readonly now: number;
  readonly pageVersion: string;
  readonly about: About | undefined;
  readonly page: Readonly<Record<string, string>>;
  /** How the server is reached, as the transport describes it. */
  readonly way: Readonly<Record<string, string>>;
  /** `undefined` while it is asked, `null` where there are no sessions. */
  readonly session: Answer<SessionAnswer> | null | undefined;
  /** Those that are open now. */
  readonly sockets: readonly SocketRecord[];
  /** Those whose view was left. */
  readonly left: readonly SocketRecord[];
  /** `undefined` while they are asked. */
  readonly hosts: Answer<readonly HostReport[]> | undefined;
}

/** The report in its parts; whatever could be a secret is cut out of every value. */
export function toSections(facts: Facts): readonly Section[] {
  const sections: Section[] = [
    { title: "Versions", rows: versionRows(facts) },
    { title: "Connection", rows: [...Object.entries(facts.way), ["session", sessionWords(facts)]] },
    { title: "Sockets", rows: socketRows(facts) },
    { title: "Hosts", rows: hostRows(facts.hosts) },
    { title: "Page", rows: [["time", new Date(facts.now).toISOString()], ...Object.entries(facts.page)] },
  ];
  return sections.map(({ title, rows }) => ({
    title,
    rows: rows.map(([name, value]) => [name, withoutSecrets(value)]),
  }));
}

/** The report as the text for an issue. */
export function toText(sections: readonly Section[]): string {
  const texts = sections.map(({ title, rows }) =>
    [`### ${title}`, ...rows.map(([name, value]) => `- ${name}: ${value}`)].join("\n")
  );
  return `${texts.join("\n\n")}\n`;
}

function versionRows({ pageVersion, about }: Facts): [string, string][] {
  const other = about !== undefined && about.version !== pageVersion;
  return [
    ["page", other ? `${pageVersion}, another than the server's: load the page again` : pageVersion],
    ["server", about?.version ?? "it has not answered"],
    ...about === undefined ? [] : [["access", accessWords(about)] as [string, string]],
  ];
}

function accessWords({ access, readOnly, simulated }: About): string {
  const words = [access === "full" ? "everything" : "looking only, without the token"];
  if (readOnly) words.push("--read-only");
  if (simulated) words.push("simulated containers");
  return words.join(", ");
}

function sessionWords({ session, now }: Facts): string {
  if (session === null) return "none: a browser signs in with a cookie";
  if (session === undefined) return "asked for";
  if ("error" in session) return session.error;
  const { wsBase, expiresAt } = session.value;
  const left = Math.round((Date.parse(expiresAt) - now) / 1000);
  return `${wsBase ?? "no port is published"}, for ${left} s`;
}

function socketRows({ sockets, left, now }: Facts): [string, string][] {
  const open = new Set(sockets.map(({ name }) => name));
  return [
    ...sockets.map((socket): [string, string] => [socket.name, socketWords(socket, now)]),
    ...left.filter(({ name }) => !open.has(name))
      .map((socket): [string, string] => [`${socket.name} (view left)`, socketWords(socket, now)]),
  ];
}

function socketWords({ name, state, ends, path }: SocketRecord, now: number): string {
  const last = ends.map(({ code, reason }) => reason === "" ? String(code) : `${code} (${reason})`).join(
    ", ",
  );
  return `${describeLive(name, state, now).slice(name.length + 2)}; last ends ${last || "none"}; ${path}`;
}

function hostRows(hosts: Facts["hosts"]): [string, string][] {
  if (hosts === undefined) return [["hosts", "asked for"]];
  if ("error" in hosts) return [["hosts", hosts.error]];
  return hosts.value.map((host) => [host.hostId, hostWords(host)]);
}

function hostWords(
  { state, since, error, url, engine, apiVersion, os, cpus, memoryBytes, containers }: HostReport,
): string {
  const facts = [
    `${state} since ${formatTime(Date.parse(since))}`,
    error,
    url,
    engine,
    apiVersion && `API ${apiVersion}`,
    os,
    cpus && `${cpus} CPUs`,
    memoryBytes && formatBytes(memoryBytes),
    containers === null ? null : `${containers} ${containers === 1 ? "container" : "containers"}`,
  ];
  return facts.filter((fact) => fact !== null && fact !== "" && fact !== 0).join(", ");
}
