import { useState } from "react";
import type { ContainerDetails, LimitChange } from "../../../../../../server/protocol/containers.ts";
import { ActionButton } from "../../../components/action_button.tsx";
import { bytesLimit } from "./detail_facts.ts";
import { DETAIL_LABELS, LIMIT_LABELS } from "./labels_details.ts";
import { FactSection } from "./fact_list.tsx";
import { LimitsDialog } from "./limits_dialog.tsx";

/** Props of {@linkcode LimitsSection}. */
export interface LimitsSectionProps {
  readonly details: ContainerDetails;
  /** Reason why the limits cannot be changed now; `undefined` when they can. */
  readonly obstacle: string | undefined;
  readonly onLimits: (change: LimitChange) => void;
}

/** Limits of a container, with a dialog that changes them. */
export function LimitsSection({ details, obstacle, onLimits }: LimitsSectionProps) {
  const [editing, setEditing] = useState(false);
  const { cpus, memoryBytes, memorySwapBytes, memoryReservationBytes, pids } = details.limits;
  return (
    <>
      <FactSection
        title={DETAIL_LABELS.limits}
        action={
          <ActionButton
            label={LIMIT_LABELS.edit}
            obstacle={obstacle}
            onClick={() => setEditing(true)}
          />
        }
        entries={[
          {
            name: DETAIL_LABELS.cpus,
            value: cpus === null ? DETAIL_LABELS.noLimit : DETAIL_LABELS.cores(cpus),
          },
          { name: DETAIL_LABELS.memory, value: bytesLimit(memoryBytes) },
          { name: DETAIL_LABELS.swap, value: memorySwapBytes === null ? null : bytesLimit(memorySwapBytes) },
          {
            name: DETAIL_LABELS.reservation,
            value: memoryReservationBytes === null ? null : bytesLimit(memoryReservationBytes),
          },
          { name: DETAIL_LABELS.pids, value: pids === null ? null : String(pids) },
        ]}
      />
      {editing && (
        <LimitsDialog
          details={details}
          onCancel={() => setEditing(false)}
          onSave={(change) => {
            setEditing(false);
            if (Object.keys(change).length > 0) onLimits(change);
          }}
        />
      )}
    </>
  );
}
