import { LinearProgress } from "@mui/material";
import { useMemo } from "react";
import { EmptyState } from "../../components/empty_state.tsx";
import { useAbout } from "../../lib/client.ts";
import { LABELS } from "./labels.ts";
import { MergedLog } from "./merged_log.tsx";

/** Props of {@linkcode ProjectOutput}. */
export interface ProjectOutputProps {
  readonly hostId: string;
  readonly project: string;
}

/** Merged live logs of a Compose project, for users with the token. */
export default function ProjectOutput({ hostId, project }: ProjectOutputProps) {
  const access = useAbout()?.access;
  const target = useMemo(() => ({ containers: [], project, hostId }), [project, hostId]);
  if (access === undefined) return <LinearProgress aria-label={LABELS.loading} />;
  if (access !== "full") return <EmptyState title={LABELS.signInTitle}>{LABELS.signInText}</EmptyState>;
  return <MergedLog target={target} fileName={`${project}.log.txt`} />;
}
