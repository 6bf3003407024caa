import { Box, Link, Typography } from "@mui/material";
import type { ImageUpdate, UpdateState } from "../../../../../server/protocol/images/updates.ts";
import { Tag, type Tone } from "../../components/design/state_mark.tsx";
import { formatTime } from "../../lib/format.ts";
import { hrefTo } from "../../lib/route.ts";
import { LABELS, STATE_LABELS } from "./labels.ts";
import { ServiceUpdates } from "./service_updates.tsx";

const TONES: Readonly<Record<UpdateState, Tone>> = {
  newer: "careful",
  unknown: "off",
  current: "good",
  not_applicable: "off",
};

/** Props of {@linkcode UpdateLine}. */
export interface UpdateLineProps {
  readonly update: ImageUpdate;
  /** True to name the host. */
  readonly hasHosts: boolean;
}

/** One image: state, explanation, containers and links. */
export function UpdateLine({ update, hasHosts }: UpdateLineProps) {
  const { image, hostId, state, sourceUrl } = update;
  return (
    <li>
      <Box sx={{ display: "flex", flexWrap: "wrap", columnGap: 1, rowGap: 0.5, alignItems: "center" }}>
        <Typography component="h2" variant="subtitle2" sx={{ overflowWrap: "anywhere", minWidth: 0 }}>
          {image}
        </Typography>
        <Tag tone={TONES[state]}>{STATE_LABELS[state]}</Tag>
        {hasHosts && <Typography variant="body2" color="text.secondary">{hostId}</Typography>}
      </Box>
      <Typography variant="body2" color="text.secondary">{explanation(update)}</Typography>
      <Box sx={{ display: "flex", flexWrap: "wrap", columnGap: 2, rowGap: 0.5, alignItems: "center" }}>
        <ContainerLinks update={update} />
        <StackLinks update={update} />
        {sourceUrl !== null && (
          <Link href={sourceUrl} target="_blank" rel="noopener noreferrer" variant="body2">
            {LABELS.source}
          </Link>
        )}
      </Box>
      <ServiceUpdates update={update} />
    </li>
  );
}

/** Returns the sentences about the state of an image. */
function explanation({ state, reason, since, checkedAt, newerTag }: ImageUpdate): string {
  const time = (text: string | null) => text === null ? undefined : formatTime(Date.parse(text));
  const sentences: (string | undefined)[] = [reason ?? undefined];
  const [from, checked] = [time(since), time(checkedAt)];
  if (state === "newer" && from !== undefined) sentences.push(LABELS.since(from));
  if (state === "unknown" && from !== undefined) sentences.push(LABELS.unknownSince(from));
  if (state === "current" && checked !== undefined) sentences.push(LABELS.current(checked));
  if (newerTag !== null) sentences.push(LABELS.newerTag(newerTag));
  return sentences.filter((sentence) => sentence !== undefined).join(" ");
}

function ContainerLinks({ update: { hostId, containers } }: { readonly update: ImageUpdate }) {
  return containers.map(({ id, name }) => (
    <Link key={id} href={hrefTo("containers", hostId, id)} variant="body2">{name}</Link>
  ));
}

/** The actions that update the services of a project are on its stack's page. */
function StackLinks({ update: { hostId, containers } }: { readonly update: ImageUpdate }) {
  const projects = new Set(containers.flatMap(({ project }) => project ?? []));
  return [...projects].map((project) => (
    <Link key={project} href={hrefTo("stacks", "project", hostId, project)} variant="body2">
      {LABELS.stack}: {project}
    </Link>
  ));
}
