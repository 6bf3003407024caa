import type { About } from "../../../../../server/protocol/about.ts";
import type { HostReport } from "../../../../../server/protocol/hosts.ts";
import type { Session } from "../../../../../server/protocol/session.ts";
import { describeLive } from "../../components/labels.ts";
import type { SocketRecord } from "../../lib/client.ts";
import { formatBytes, formatTime } from "../../lib/format.ts";
import { outdatedPage, SECTIONS, VALUES } from "./labels.ts";
import { withoutSecrets } from "./without_secrets.ts";

/** One section of the report, as pairs of names and values. */
export interface Section {
  readonly title: string;
  readonly rows: readonly (readonly [name: string, value: string])[];
}

/** An answer of the server, or the reason why it is missing. */
export type Answer<T> = { readonly value: T } | { readonly error: string };

/** Answer of `POST /session` without the ticket. */
export type SessionAnswer = Omit<Session, "ticket">;

/** Input of the report. */
export interface Facts {
  /** Epoch ms. */
  readonly now: number;
  readonly pageVersion: string;
  readonly about: About | undefined;
  readonly page: Readonly<Record<string, string>>;
  /** Description of the transport. */
  readonly transport: Readonly<Record<string, string>>;
  /** `undefined` while loading, `null` for transports without sessions. */
  readonly session: Answer<SessionAnswer> | null | undefined;
  /** Sockets of the current views. */
  readonly sockets: readonly SocketRecord[];
  /** Sockets of closed views. */
  readonly closed: readonly SocketRecord[];
  /** `undefined` while loading. */
  readonly hosts: Answer<readonly HostReport[]> | undefined;
}

/** Returns the sections of the report, with possible secrets removed from every value. */
export function toSections(facts: Facts): readonly Section[] {
  const sections: Section[] = [
    { title: SECTIONS.versions, rows: versionRows(facts) },
    {
      title: SECTIONS.connection,
      rows: [...Object.entries(facts.transport), ["session", describeSession(facts)]],
    },
    { title: SECTIONS.sockets, rows: socketRows(facts) },
    { title: SECTIONS.hosts, rows: hostRows(facts.hosts) },
    {
      title: SECTIONS.page,
      rows: [["time", new Date(facts.now).toISOString()], ...Object.entries(facts.page)],
    },
  ];
  return sections.map(({ title, rows }) => ({
    title,
    rows: rows.map(([name, value]) => [name, withoutSecrets(value)]),
  }));
}

/** Returns the report as Markdown. */
export function toText(sections: readonly Section[]): string {
  const texts = sections.map(({ title, rows }) =>
    [`### ${title}`, ...rows.map(([name, value]) => `- ${name}: ${value}`)].join("\n")
  );
  return `${texts.join("\n\n")}\n`;
}

function versionRows({ pageVersion, about }: Facts): [string, string][] {
  const isOutdated = about !== undefined && about.version !== pageVersion;
  return [
    ["page", isOutdated ? outdatedPage(pageVersion) : pageVersion],
    ["server", about?.version ?? VALUES.noAnswer],
    ...about === undefined ? [] : [["access", describeAccess(about)] as [string, string]],
  ];
}

function describeAccess({ access, readOnly, simulated }: About): string {
  const parts: string[] = [access === "full" ? VALUES.fullAccess : VALUES.viewAccess];
  if (readOnly) parts.push(VALUES.readOnly);
  if (simulated) parts.push(VALUES.simulated);
  return parts.join(", ");
}

function describeSession({ session, now }: Facts): string {
  if (session === null) return VALUES.noSession;
  if (session === undefined) return VALUES.loading;
  if ("error" in session) return session.error;
  const { wsBase, expiresAt } = session.value;
  const seconds = Math.round((Date.parse(expiresAt) - now) / 1000);
  return `${wsBase ?? VALUES.noPort}, expires in ${seconds} s`;
}

function socketRows({ sockets, closed, now }: Facts): [string, string][] {
  const open = new Set(sockets.map(({ name }) => name));
  return [
    ...sockets.map((socket): [string, string] => [socket.name, describeSocket(socket, now)]),
    ...closed.filter(({ name }) => !open.has(name))
      .map((socket): [string, string] => [`${socket.name} (view closed)`, describeSocket(socket, now)]),
  ];
}

function describeSocket({ state, ends, path }: SocketRecord, now: number): string {
  const closures = ends.map(({ code, reason }) => reason === "" ? String(code) : `${code} (${reason})`).join(
    ", ",
  );
  return [describeLive(state, now).replace(/\.$/, ""), closures && `last closed with ${closures}`, path]
    .filter(Boolean).join(
      "; ",
    );
}

function hostRows(hosts: Facts["hosts"]): [string, string][] {
  if (hosts === undefined) return [["hosts", VALUES.loading]];
  if ("error" in hosts) return [["hosts", hosts.error]];
  return hosts.value.map((host) => [host.hostId, describeHost(host)]);
}

function describeHost(
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
