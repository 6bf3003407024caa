import { Box } from "@mui/material";
import { lazy, type ReactNode, Suspense, useRef, useState } from "react";
import { loadWithRetry } from "../lib/load_with_retry.ts";
import { ActionIcon } from "./action_button.tsx";
import type { MenuAction } from "./action_menu_list.tsx";
import { PartLoading } from "./part_loading.tsx";

export type { MenuAction } from "./action_menu_list.tsx";

const ActionMenuList = lazy(() => loadWithRetry(() => import("./action_menu_list.tsx")));

/** Props of {@linkcode ActionMenu}. */
export interface ActionMenuProps {
  /** Accessible name of the button. */
  readonly label: string;
  readonly icon: ReactNode;
  readonly actions: readonly MenuAction[];
  /** Reason why the menu is disabled, as a sentence; `undefined` when it is enabled. */
  readonly obstacle?: string | undefined;
}

/** An icon button that opens a menu of actions. */
export function ActionMenu({ label, icon, actions, obstacle }: ActionMenuProps) {
  const anchor = useRef<HTMLElement>(null);
  const [open, setOpen] = useState(false);
  // Tables have many menus, and few of them are opened.
  const wasOpen = useRef(false);
  wasOpen.current ||= open;
  return (
    <Box component="span" ref={anchor}>
      <ActionIcon
        label={label}
        help={label}
        icon={icon}
        obstacle={obstacle}
        isOpen={open}
        onClick={() => setOpen(true)}
      />
      {wasOpen.current && (
        <Suspense fallback={<PartLoading />}>
          <ActionMenuList
            anchor={anchor.current}
            open={open}
            onClose={() => setOpen(false)}
            actions={actions}
          />
        </Suspense>
      )}
    </Box>
  );
}
