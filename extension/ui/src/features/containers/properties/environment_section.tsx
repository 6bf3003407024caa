import { Button } from "@mui/material";
import type { ContainerVariable } from "../../../../../../server/protocol/containers.ts";
import { DETAIL_LABELS } from "./labels_details.ts";
import { FactSection } from "./fact_list.tsx";

/** Props of {@linkcode EnvironmentSection}. */
export interface EnvironmentSectionProps {
  readonly env: readonly ContainerVariable[];
  /** True while values that look like secrets are shown. */
  readonly secrets: boolean;
  readonly onSecrets: (shown: boolean) => void;
}

/** Variables of a container. Values that look like secrets are masked until they are requested. */
export function EnvironmentSection({ env, secrets, onSecrets }: EnvironmentSectionProps) {
  const hasSecrets = secrets || env.some(({ masked }) => masked);
  return (
    <FactSection
      title={DETAIL_LABELS.environment}
      action={hasSecrets && (
        <Button size="small" onClick={() => onSecrets(!secrets)}>
          {secrets ? DETAIL_LABELS.hide : DETAIL_LABELS.show}
        </Button>
      )}
      entries={env.map(({ name, value, masked }, index) => ({
        key: `${index} ${name}`,
        name,
        value: masked
          ? <span role="img" aria-label={DETAIL_LABELS.maskedName}>{DETAIL_LABELS.masked}</span>
          : value === null || value === ""
          ? "–"
          : value,
      }))}
    />
  );
}
