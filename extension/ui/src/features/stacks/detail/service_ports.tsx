import { Box, Link } from "@mui/material";
import type { ServiceContainer } from "../../../../../../server/protocol/stacks.ts";
import { TABULAR } from "../../../components/design/tokens.ts";
import { portViews } from "../../../lib/published_ports.ts";
import type { StackTaskProps } from "../parts/use_task.ts";

/** Props of {@linkcode ServicePorts}. */
export interface ServicePortsProps extends Pick<StackTaskProps, "feed" | "stack"> {
  readonly containers: readonly ServiceContainer[];
}

/** Published ports of containers, as links where a browser can open them. */
export function ServicePorts({ feed, stack: { hostId }, containers }: ServicePortsProps) {
  const engineUrl = feed.list.value.hosts.find((host) => host.hostId === hostId)?.url;
  const ports = portViews(containers.flatMap((container) => container.ports), {
    pageHost: location.hostname,
    engineUrl,
  });
  return (
    <Box sx={{ ...TABULAR, typography: "body2", overflowWrap: "anywhere" }}>
      {ports.map(({ text, href }) => (
        <Box key={text}>
          {href === undefined
            ? text
            : <Link href={href} target="_blank" rel="noopener noreferrer" title={href}>{text} ↗</Link>}
        </Box>
      ))}
    </Box>
  );
}
