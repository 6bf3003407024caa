import { Box, Link } from "@mui/material";
import type { ContainerDetails } from "../../../../../../server/protocol/containers.ts";
import {
  commandText,
  exitText,
  momentText,
  policyText,
  resourceLink,
  shortDigest,
  stackLink,
} from "./detail_facts.ts";
import { CopyAs } from "./copy_as.tsx";
import { DETAIL_LABELS } from "./labels_details.ts";
import type { PortView } from "../../../lib/published_ports.ts";
import { EnvironmentSection } from "./environment_section.tsx";
import { type FactEntry, FactSection, Section } from "./fact_list.tsx";
import { HealthSection } from "./health_section.tsx";
import { LabelsSection } from "./labels_section.tsx";
import { LimitsSection, type LimitsSectionProps } from "./limits_section.tsx";
import { PortList } from "./port_list.tsx";
import { StorageSection } from "./storage/storage_section.tsx";

/** Props of {@linkcode DetailsPanel}. */
export interface DetailsPanelProps extends LimitsSectionProps {
  readonly ports: readonly PortView[];
  /** Present usage of the container. */
  readonly usage: readonly FactEntry[];
  /** True while values that look like secrets are shown. */
  readonly secrets: boolean;
  readonly onSecrets: (shown: boolean) => void;
}

/** Details of a container in two columns, one on a phone. */
export function DetailsPanel({ details, ports, usage, secrets, onSecrets, ...limits }: DetailsPanelProps) {
  const column = { display: "grid", gap: 1.25, gridTemplateColumns: "minmax(0, 1fr)" } as const;
  return (
    <>
      <CopyAs details={details} />
      <Box
        sx={{
          display: "grid",
          gap: 1.25,
          alignItems: "start",
          gridTemplateColumns: { xs: "minmax(0, 1fr)", md: "repeat(2, minmax(0, 1fr))" },
        }}
      >
        <Box sx={column}>
          {ports.length > 0 && (
            <Section title={DETAIL_LABELS.ports}>
              <PortList ports={ports} copy />
            </Section>
          )}
          <IdentitySection details={details} />
          <EnvironmentSection env={details.env} secrets={secrets} onSecrets={onSecrets} />
        </Box>
        <Box sx={column}>
          <FactSection title={DETAIL_LABELS.usage} entries={usage} />
          <LimitsSection details={details} {...limits} />
          {details.health !== null && <HealthSection health={details.health} />}
          <NetworkSection details={details} />
          <MountSection details={details} />
          <StorageSection details={details} />
          <LabelsSection labels={details.labels} />
        </Box>
      </Box>
    </>
  );
}

interface PartProps {
  readonly details: ContainerDetails;
}

function IdentitySection({ details }: PartProps) {
  const { id, hostId, image, imageDigest, imageId, workingDir, user, created, service, project } = details;
  const stack = stackLink(details);
  const L = DETAIL_LABELS;
  return (
    <FactSection
      title={L.container}
      entries={[
        {
          name: L.image,
          value: image === null ? null : <Link href={resourceLink("images", hostId, image)}>{image}</Link>,
          copy: image,
        },
        { name: L.digest, value: shortDigest(imageDigest), copy: imageDigest },
        { name: L.imageId, value: imageDigest === null ? shortDigest(imageId) : null, copy: imageId },
        { name: L.id, value: shortDigest(id), copy: id },
        {
          name: details.stack_id === null ? L.project : L.stack,
          value: stack === undefined ? null : <Link href={stack}>{project}</Link>,
        },
        {
          name: L.service,
          value: stack === undefined || service === null ? null : <Link href={stack}>{service}</Link>,
        },
        { name: L.entrypoint, value: commandText(details.entrypoint), copy: commandText(details.entrypoint) },
        { name: L.command, value: commandText(details.command), copy: commandText(details.command) },
        { name: L.workingDir, value: workingDir },
        { name: L.user, value: user },
        { name: L.created, value: momentText(created) },
        { name: L.started, value: momentText(details.startedAt) },
        { name: L.finished, value: details.state === "running" ? null : momentText(details.finishedAt) },
        { name: L.exitCode, value: exitText(details) },
        { name: L.restartPolicy, value: policyText(details.restartPolicy) },
        { name: L.restarts, value: details.restartCount === null ? null : String(details.restartCount) },
        { name: L.logDriver, value: details.logDriver },
        { name: L.privileged, value: details.privileged === true ? L.yes : null },
        { name: L.options, value: optionsText(details) },
      ]}
    />
  );
}

function optionsText({ options }: ContainerDetails): string | null {
  return options.map(({ option, value }) => `${option} ${value}`.trim()).join(", ") || null;
}

function NetworkSection({ details: { networks, networkMode } }: PartProps) {
  const isShared = networkMode?.startsWith("container:") === true;
  return (
    <FactSection
      title={DETAIL_LABELS.networks}
      entries={[
        ...networks.map(({ name, address, ip6 }) => ({
          key: `network ${name}`,
          name,
          value: [address, ip6].filter((one) => one !== null && one !== "").join(", ") ||
            DETAIL_LABELS.unknown,
          copy: address,
        })),
        {
          key: "mode",
          name: DETAIL_LABELS.networkMode,
          value: isShared ? DETAIL_LABELS.sharesNetwork : networks.length === 0 ? networkMode : null,
        },
      ]}
    />
  );
}

function MountSection({ details: { hostId, mounts } }: PartProps) {
  return (
    <FactSection
      title={DETAIL_LABELS.mounts}
      entries={mounts.map(({ type, name, source, destination, readOnly }, index) => ({
        key: String(index),
        name: destination ?? "",
        value: (
          <>
            {type ?? ""} {type === "volume" && name !== null
              ? <Link href={resourceLink("volumes", hostId, name)}>{name}</Link>
              : name ?? source ?? ""}
            {readOnly === true && `, ${DETAIL_LABELS.readOnly}`}
          </>
        ),
        copy: source,
      }))}
    />
  );
}
