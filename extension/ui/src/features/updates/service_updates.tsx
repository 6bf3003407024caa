import { Box, Link, Typography } from "@mui/material";
import { useState } from "react";
import type { ImageUpdate } from "../../../../../server/protocol/images/updates.ts";
import { ActionButton } from "../../components/action_button.tsx";
import { ConfirmDialog } from "../../components/confirm_dialog.tsx";
import { useClient, useObstacle } from "../../lib/client.ts";
import { goTo } from "../../lib/route.ts";
import { reasonOf } from "../../lib/transport/transport.ts";
import { LABELS } from "./labels.ts";
import { type ServiceUpdate, serviceUpdates } from "./sorted_updates.ts";

/** Props of {@linkcode ServiceUpdates}. */
export interface ServiceUpdatesProps {
  readonly update: ImageUpdate;
}

/** Updates and returns of the services that use an image. */
export function ServiceUpdates({ update }: ServiceUpdatesProps) {
  return serviceUpdates(update).map((service) => (
    <ServiceLine key={`${service.stackId} ${service.service}`} update={update} service={service} />
  ));
}

interface ServiceLineProps extends ServiceUpdatesProps {
  readonly service: ServiceUpdate;
}

type Action = "update" | "rollback";

function ServiceLine({ update, service }: ServiceLineProps) {
  const [asking, setAsking] = useState<Action>();
  const [failure, setFailure] = useState<string>();
  const { transport } = useClient();
  const obstacle = useObstacle();
  const start = (action: Action) => {
    setAsking(undefined);
    const path = `/stacks/${service.stackId}/services/${encodeURIComponent(service.service)}/${action}`;
    // The page of the stack shows the progress.
    transport.ask(path, { method: "POST" }).then(
      () => goTo("stacks", service.stackId),
      (error) => setFailure(LABELS.notStarted(reasonOf(error))),
    );
  };
  const { name, undone, previousDigest } = service;
  return (
    <Box sx={{ display: "flex", flexWrap: "wrap", gap: 1, alignItems: "center" }}>
      {update.state === "newer" && (
        <ActionButton
          label={LABELS.update(name)}
          help={LABELS.updateHelp}
          obstacle={obstacle}
          onClick={() => setAsking("update")}
        />
      )}
      {previousDigest !== null && (
        <ActionButton
          label={LABELS.rollback(name)}
          help={LABELS.rollbackHelp}
          obstacle={obstacle}
          onClick={() => setAsking("rollback")}
        />
      )}
      {undone !== null && (
        <Typography variant="body2" color="text.secondary">{LABELS.undone(undone)}</Typography>
      )}
      {failure !== undefined && <Typography variant="body2" color="error" role="alert">{failure}</Typography>}
      {asking !== undefined && (
        <Review
          action={asking}
          update={update}
          service={service}
          onConfirm={() => start(asking)}
          onCancel={() => setAsking(undefined)}
        />
      )}
    </Box>
  );
}

interface ReviewProps extends ServiceLineProps {
  readonly action: Action;
  readonly onConfirm: () => void;
  readonly onCancel: () => void;
}

/** Shows what an action changes before it starts. */
function Review({ action, update, service: { name, previousDigest }, ...on }: ReviewProps) {
  const { image, digest, newestDigest, sourceUrl } = update;
  const isUpdate = action === "update";
  const rows = [
    [LABELS.image, image],
    [LABELS.runs, digest],
    [isUpdate ? LABELS.newest : LABELS.previous, isUpdate ? newestDigest : previousDigest],
  ];
  return (
    <ConfirmDialog
      title={isUpdate ? LABELS.updateTitle(name) : LABELS.rollbackTitle(name)}
      action={isUpdate ? LABELS.updateAction : LABELS.rollbackAction}
      color="primary"
      width="sm"
      {...on}
    >
      <Typography variant="body2" sx={{ mb: 2 }}>
        {isUpdate ? LABELS.updateText : LABELS.rollbackText}
      </Typography>
      <Box component="dl" sx={{ m: 0, display: "grid", gap: 0.5, typography: "body2" }}>
        {rows.map(([term, value]) => (
          <Box key={term}>
            <Box component="dt" sx={{ color: "text.secondary" }}>{term}</Box>
            <Box component="dd" sx={{ m: 0, overflowWrap: "anywhere", fontFamily: "monospace" }}>
              {value ?? LABELS.unknownDigest}
            </Box>
          </Box>
        ))}
      </Box>
      {isUpdate && sourceUrl !== null && (
        <Link href={sourceUrl} target="_blank" rel="noopener noreferrer" variant="body2">
          {LABELS.source}
        </Link>
      )}
    </ConfirmDialog>
  );
}
