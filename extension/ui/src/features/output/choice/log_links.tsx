import { styled, Typography } from "@mui/material";
import { useMemo } from "react";
import { COLORS, PANEL } from "../../../components/design/tokens.ts";
import { hrefTo } from "../../../lib/route.ts";
import { LABELS, moreLogs, runningOf } from "../labels.ts";
import type { KnownContainer } from "../use_containers.ts";

/** Largest number of links of each kind. */
const MOST_LINKS = 48;

/** A log that can be opened. */
interface Link {
  readonly name: string;
  /** State of the containers, and their host when there are several. */
  readonly facts: string;
  readonly href: string;
}

/** Links to the logs of all projects, and of the containers without one. */
export function LogLinks({ containers }: { readonly containers: readonly KnownContainer[] }) {
  const { projects, others } = useMemo(() => linksOf(containers), [containers]);
  return (
    <Frame>
      <Section title={LABELS.projects} links={projects} />
      <Section title={projects.length > 0 ? LABELS.otherContainers : LABELS.containers} links={others} />
    </Frame>
  );
}

function Section({ title, links }: { readonly title: string; readonly links: readonly Link[] }) {
  if (links.length === 0) return null;
  const left = links.length - MOST_LINKS;
  return (
    <section aria-label={title}>
      <Typography variant="h3" component="h3">{title}</Typography>
      <ul>
        {links.slice(0, MOST_LINKS).map(({ name, facts, href }) => (
          <li key={href}>
            <a href={href}>
              <strong>{name}</strong>
              <small>{facts}</small>
            </a>
          </li>
        ))}
      </ul>
      {left > 0 && <small>{moreLogs(left)}</small>}
    </section>
  );
}

function linksOf(
  containers: readonly KnownContainer[],
): { readonly projects: readonly Link[]; readonly others: readonly Link[] } {
  const severalHosts = new Set(containers.map(({ hostId }) => hostId)).size > 1;
  const on = (hostId: string, facts: string) => severalHosts ? `${hostId} · ${facts}` : facts;
  const groups = Map.groupBy(containers, ({ project, hostId }) => JSON.stringify([project, hostId]));
  const [projects, others]: [Link[], Link[]] = [[], []];
  for (const some of groups.values()) {
    const { project, hostId } = some[0]!;
    const running = some.filter(({ state }) => state === "running").length;
    if (project === null) {
      others.push(...some.map(({ id, name, state }) => ({
        name,
        facts: on(hostId, state),
        href: hrefTo("logs", "containers", hostId, id),
      })));
    } else {
      const href = hrefTo("logs", "project", project, ...severalHosts ? [hostId] : []);
      projects.push({ name: project, facts: on(hostId, runningOf(running, some.length)), href });
    }
  }
  return { projects: projects.toSorted(byName), others: others.toSorted(byName) };
}

function byName(one: Link, other: Link): number {
  return one.name.localeCompare(other.name) || one.facts.localeCompare(other.facts);
}

const Frame = styled("div")({
  display: "flex",
  flexDirection: "column",
  gap: 16,
  "& ul": {
    ...{ listStyle: "none", margin: "8px 0 0", padding: 0, gap: 8 },
    display: "grid",
    gridTemplateColumns: "repeat(auto-fill, minmax(min(100%, 200px), 1fr))",
  },
  "& a": {
    ...PANEL,
    ...{ display: "flex", flexDirection: "column", padding: "8px 12px", minWidth: 0 },
    color: "inherit",
    textDecoration: "none",
    "&:hover": { borderColor: COLORS.accent },
  },
  "& a > *": { overflow: "hidden", textOverflow: "ellipsis", whiteSpace: "nowrap" },
  "& strong": { fontWeight: 600 },
  "& small": { color: COLORS.inkMuted, fontSize: "inherit" },
});
