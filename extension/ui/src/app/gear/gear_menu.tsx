import { IconButton, Tooltip } from "@mui/material";
import { lazy, Suspense, useRef, useState } from "react";
import { SettingsIcon } from "../../components/icons.tsx";
import { PartLoading } from "../../components/part_loading.tsx";
import { loadWithRetry } from "../../lib/load_with_retry.ts";
import { LABELS } from "../labels.ts";
import type { GearMenuProps } from "./gear_menu_list.tsx";

const GearMenuList = lazy(() => loadWithRetry(() => import("./gear_menu_list.tsx")));

/** Menu with DockStat's own views, the theme, help, and the end of the session. */
export function GearMenu(props: GearMenuProps) {
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const wasOpen = useRef(false);
  wasOpen.current ||= anchor !== null;
  return (
    <>
      <Tooltip title={LABELS.settings}>
        <IconButton
          aria-label={LABELS.settings}
          aria-haspopup="menu"
          aria-expanded={anchor !== null}
          onClick={({ currentTarget }) => setAnchor(currentTarget)}
          sx={{ width: { xs: 44, sm: 32 }, height: { xs: 44, sm: 32 } }}
        >
          <SettingsIcon fontSize="small" />
        </IconButton>
      </Tooltip>
      {wasOpen.current && (
        <Suspense fallback={<PartLoading />}>
          <GearMenuList {...props} anchor={anchor} onClose={() => setAnchor(null)} />
        </Suspense>
      )}
    </>
  );
}
