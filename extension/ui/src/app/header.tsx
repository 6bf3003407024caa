import { Box, styled, type Theme, Tooltip, useMediaQuery } from "@mui/material";
import type { ReactNode } from "react";
import { COLORS } from "../components/design/tokens.ts";
import { Tag } from "../components/design/state_mark.tsx";
import { useAbout } from "../lib/client.ts";
import { Connections } from "./connections.tsx";
import { LABELS } from "./labels.ts";
import { Navigation } from "./navigation.tsx";
import type { Feeds } from "./view.tsx";

/** Props of {@linkcode Header}. */
export interface HeaderProps {
  /** Current view; `undefined` for clients that may not view anything. */
  readonly view: string | undefined;
  readonly feeds: Feeds;
  /** First link of the page. */
  readonly skip: ReactNode;
  /** Controls at the end of the header. */
  readonly children: ReactNode;
}

/** Header with the views, lost connections, and the page's controls. */
export function Header({ view, feeds, skip, children }: HeaderProps) {
  const about = useAbout();
  const isNoted = about?.simulated === true || about?.readOnly === true;
  return (
    <Bar>
      {skip}
      <Box className={isNoted ? "brand noted" : "brand"}>
        <img src="./icon.svg" alt="" width={22} height={22} />
        <span>{LABELS.brand}</span>
      </Box>
      {view !== undefined && <Navigation view={view} feeds={feeds} />}
      <Box className="end">
        <Notes />
        {view !== undefined && <Connections />}
        {children}
      </Box>
    </Bar>
  );
}

/** Marks of demo data and of a read-only server. */
function Notes() {
  const about = useAbout();
  const narrow = useMediaQuery<Theme>(({ breakpoints }) => breakpoints.down("sm"));
  return (
    <>
      {about?.simulated && <Tag tone="careful">{narrow ? LABELS.demoShort : LABELS.demo}</Tag>}
      {about?.readOnly && (
        <Tooltip title={LABELS.readOnlyHelp}>
          <span tabIndex={0}>
            <Tag tone="off">{LABELS.readOnly}</Tag>
          </span>
        </Tooltip>
      )}
    </>
  );
}

const Bar = styled("header")(({ theme: { breakpoints } }) => ({
  display: "flex",
  alignItems: "center",
  flexShrink: 0,
  gap: 16,
  height: 48,
  padding: "0 16px",
  backgroundColor: COLORS.panel,
  borderBottom: `1px solid ${COLORS.line}`,
  "& .brand": { display: "flex", alignItems: "center", gap: 8, fontSize: 14, fontWeight: 650 },
  "& .end": { display: "flex", alignItems: "center", gap: 8, marginLeft: "auto", flexShrink: 0 },
  [breakpoints.down("sm")]: {
    gap: 8,
    padding: "0 8px",
    // The marks take its place.
    "& .brand.noted span": { display: "none" },
    "& .end": { gap: 0 },
  },
}));
