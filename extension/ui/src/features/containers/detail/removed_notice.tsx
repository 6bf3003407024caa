import { Alert, Button } from "@mui/material";
import { useObservable } from "../../../lib/use_observable.ts";
import { hrefTo } from "../../../lib/route.ts";
import { LABELS } from "../model/labels.ts";
import type { StatsFeed } from "../model/stats_feed.ts";
import { type ContainerIdentity, successorOf } from "../model/successor.ts";

/** Props of {@linkcode RemovedNotice}. */
export interface RemovedNoticeProps {
  readonly feed: StatsFeed;
  readonly removed: ContainerIdentity;
}

/** Notice on the page of a removed container, with a link to the one that has replaced it. */
export function RemovedNotice({ feed, removed }: RemovedNoticeProps) {
  const { rows } = useObservable(feed.view);
  const successor = successorOf(removed, rows);
  const link = successor === undefined ? undefined : (
    <Button
      size="small"
      color="inherit"
      variant="outlined"
      href={hrefTo("containers", successor.hostId, successor.id)}
    >
      {LABELS.openSuccessor(successor.name)}
    </Button>
  );
  return (
    <Alert severity="info" action={link} sx={{ py: 0, alignItems: "center", overflowWrap: "anywhere" }}>
      {successor === undefined ? LABELS.removed(removed.name) : LABELS.replaced(removed.name)}
    </Alert>
  );
}
