import { Box, Typography } from "@mui/material";
import { useState } from "react";
import type { ContainerDetails } from "../../../../../../server/protocol/containers.ts";
import { ActionButton } from "../../../components/action_button.tsx";
import { CopyIcon } from "../../../components/icons.tsx";
import { LABELS } from "../../../components/labels.ts";
import { copyText } from "../../../lib/browser/clipboard.ts";
import { loadWithRetry } from "../../../lib/load_with_retry.ts";
import { toDockerRun } from "./docker_run.ts";
import { COPY_LABELS } from "./labels_details.ts";
import { recreationOf } from "./recreation.ts";

/** Buttons that copy a container as a command or as a Compose file. */
export function CopyAs({ details }: { readonly details: ContainerDetails }) {
  const [result, setResult] = useState("");
  const copy = async (text: Promise<string> | string) => {
    setResult(LABELS.loading);
    setResult(await copyText(await text) ? LABELS.copied : LABELS.copyFailed);
  };
  const hasMasked = details.env.some(({ masked }) => masked);
  const button = (label: string, help: string, text: () => Promise<string> | string) => (
    <ActionButton
      label={label}
      help={hasMasked ? `${help} ${COPY_LABELS.masked}` : help}
      icon={<CopyIcon sx={{ fontSize: 16 }} />}
      onClick={() => void copy(text())}
    />
  );
  return (
    <Box sx={{ display: "flex", flexWrap: "wrap", gap: 1, alignItems: "center" }}>
      {button(COPY_LABELS.run, COPY_LABELS.runHelp, () => toDockerRun(recreationOf(details)))}
      {button(COPY_LABELS.compose, COPY_LABELS.composeHelp, () => composeText(details))}
      <Typography variant="body2" color="text.secondary" role="status">{result}</Typography>
    </Box>
  );
}

/** The writer of YAML is loaded when it is needed. */
async function composeText(details: ContainerDetails): Promise<string> {
  const { toCompose } = await loadWithRetry(() => import("./compose_service.ts"));
  return toCompose(recreationOf(details), details.service ?? details.name);
}
