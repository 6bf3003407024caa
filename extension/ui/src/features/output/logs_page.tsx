import { LinearProgress, Stack, Typography } from "@mui/material";
import { useMemo } from "react";
import { EmptyState } from "../../components/empty_state.tsx";
import { useAbout } from "../../lib/client.ts";
import { useQuery } from "../../lib/route.ts";
import { LogChoice } from "./choice/log_choice.tsx";
import { LogLinks } from "./choice/log_links.tsx";
import { LABELS } from "./labels.ts";
import { MergedLog } from "./merged_log.tsx";
import { chosenPath, fileNameOf, targetOfPath } from "./target_path.ts";
import { type KnownContainer, useContainers } from "./use_containers.ts";

/**
 * Merged logs of a project, or of chosen containers. Other views link to chosen containers with their keys, such as
 * `#/logs?container=HOST%2FID&container=HOST%2FID`.
 */
export default function LogsPage({ path }: { readonly path: readonly string[] }) {
  const [query] = useQuery();
  const access = useAbout()?.access;
  if (access === undefined) return <LinearProgress aria-label={LABELS.loading} />;
  if (access !== "full") {
    return <EmptyState heading="h1" title={LABELS.signInTitle}>{LABELS.signInText}</EmptyState>;
  }
  return <Page path={path.length > 0 ? path : chosenPath(query.getAll("container"))} />;
}

function Page({ path }: { readonly path: readonly string[] }) {
  const containers = useContainers();
  const key = path.join("/");
  // Another object would open another feed.
  const isKnown = path[0] !== "all" || containers !== undefined;
  const target = useMemo(() => targetOfPath(path, containers), [key, isKnown]);
  return (
    <Stack spacing={1} sx={{ p: { xs: 1, sm: 2 }, flexGrow: 1, minHeight: 0 }}>
      <Stack direction="row" spacing={2} sx={{ alignItems: "center" }}>
        <Typography variant="h1">{LABELS.logsTitle}</Typography>
        <LogChoice path={path} containers={containers ?? NO_CONTAINERS} />
      </Stack>
      {target === undefined
        ? (
          <div>
            <Typography variant="h3" component="h2" sx={{ mt: 1 }}>{LABELS.choiceTitle}</Typography>
            <Typography color="text.secondary" sx={{ mb: 2 }}>{LABELS.choiceText}</Typography>
            <LogLinks containers={containers ?? NO_CONTAINERS} />
          </div>
        )
        : <MergedLog key={key} target={target} fileName={fileNameOf(path)} />}
    </Stack>
  );
}

const NO_CONTAINERS: readonly KnownContainer[] = [];
