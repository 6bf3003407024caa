import { Button } from "@mui/material";
import { lazy, Suspense, useRef, useState } from "react";
import { DownIcon } from "../../../components/icons.tsx";
import { PartLoading } from "../../../components/part_loading.tsx";
import { loadWithRetry } from "../../../lib/load_with_retry.ts";
import { LABELS } from "../model/labels.ts";
import type { ViewMenuProps } from "./view_menu_list.tsx";

const ViewMenuList = lazy(() => loadWithRetry(() => import("./view_menu_list.tsx")));

/** Menu for order, grouping, density, CPU scale and columns. */
export function ViewMenu(props: ViewMenuProps) {
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const wasOpen = useRef(false);
  wasOpen.current ||= anchor !== null;
  return (
    <>
      <Button
        variant="outlined"
        aria-haspopup="menu"
        aria-expanded={anchor !== null}
        endIcon={<DownIcon />}
        onClick={({ currentTarget }) => setAnchor(currentTarget)}
        sx={{ flexShrink: 0 }}
      >
        {LABELS.view}
      </Button>
      {wasOpen.current && (
        <Suspense fallback={<PartLoading />}>
          <ViewMenuList {...props} anchor={anchor} onClose={() => setAnchor(null)} />
        </Suspense>
      )}
    </>
  );
}
