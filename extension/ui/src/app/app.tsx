import { Box } from "@mui/material";
import { lazy, Suspense, useCallback, useEffect, useRef, useState } from "react";
import { ErrorBoundary } from "../components/error_boundary.tsx";
import { Loading } from "../components/loading.tsx";
import { PartLoading } from "../components/part_loading.tsx";
import { useAbout, useClient } from "../lib/client.ts";
import { loadWithRetry } from "../lib/load_with_retry.ts";
import { useRoute } from "../lib/route.ts";
import { useObservable } from "../lib/use_observable.ts";
import { GearMenu } from "./gear/gear_menu.tsx";
import { Header } from "./header.tsx";
import { GEAR_VIEWS, VIEWS } from "./labels.ts";
import { NAVIGATION_PX } from "./navigation.tsx";
import { PageTitle } from "./page_title.tsx";
import { SignInButton } from "./sign_in/sign_in_button.tsx";
import { SignInPage } from "./sign_in/sign_in_page.tsx";
import { SkipLink } from "./skip_link.tsx";
import { EarlyKeys, type EarlyKeysProps } from "./overlays/early_keys.ts";
import { HelpHint } from "./overlays/help_hint.tsx";
import { pageEntries } from "./overlays/palette_entries.ts";
import { SearchButton } from "./overlays/search_button.tsx";
import { useOfflineWorker } from "./install/use_offline_worker.ts";
import { useFocusAfterMove } from "./use_focus_after_move.ts";
import { type Overlay, useShortcuts } from "./use_shortcuts.ts";
import { type Feeds, View } from "./view.tsx";

export type { Feeds } from "./view.tsx";

const HelpDialog = lazy(() => loadWithRetry(() => import("./overlays/help_dialog.tsx")));
const Palette = lazy(() => loadWithRetry(() => import("./overlays/palette.tsx")));

const OperationToasts = lazy(() =>
  loadWithRetry(() => import("../features/stacks/parts/operation_toasts.tsx"))
);

const PAGES = pageEntries([...VIEWS, ...GEAR_VIEWS]);

const FRAME = { display: "flex", flexDirection: "column", height: "100dvh", overflow: "hidden" } as const;
/** Space for the navigation of a phone; bars and messages at the bottom are above it. */
const ABOVE_NAVIGATION = {
  "--ds-bottom": { xs: `${NAVIGATION_PX}px`, sm: "0px" },
  boxSizing: "border-box",
  pb: "var(--ds-bottom)",
} as const;

/** The page: navigation, notices, and the current view; only the sign-in for clients that may not view anything. */
export function App({ feeds }: { readonly feeds: Feeds }) {
  const route = useRoute();
  const client = useClient();
  const isLocked = useAbout()?.access === "none";
  const view = [...VIEWS, ...GEAR_VIEWS].find(([name]) => name === route[0])?.[0] ?? "containers";
  const isEnded = useObservable(feeds.stacks.finished).length > 0;
  const [overlay, setOverlay] = useState<Overlay>();
  const close = useCallback(() => setOverlay(undefined), []);
  const typed = useRef("");
  useEffect(() => void client.refreshAbout(), [client]);
  // The first view has no path until its state is in the address.
  useFocusAfterMove(route.join("/") || view);
  useOfflineWorker();
  useShortcuts(isLocked ? undefined : setOverlay);
  return (
    <Box sx={isLocked ? FRAME : [FRAME, ABOVE_NAVIGATION]}>
      <PageTitle route={route} view={view} feeds={feeds} />
      <Header view={isLocked ? undefined : view} feeds={feeds} skip={<SkipLink />}>
        {!isLocked && <HelpHint onHelp={() => setOverlay("help")} />}
        {!isLocked && <SearchButton onClick={() => setOverlay("palette")} />}
        <SignInButton />
        <GearMenu mayView={!isLocked} onHelp={() => setOverlay("help")} />
      </Header>
      <Box
        component="main"
        tabIndex={-1}
        sx={{ flexGrow: 1, minHeight: 0, display: "flex", flexDirection: "column" }}
      >
        {isLocked ? <SignInPage /> : (
          <ErrorBoundary resetKey={route.join("/")}>
            <Suspense fallback={<Loading />}>
              <View view={view} route={route} feeds={feeds} />
            </Suspense>
          </ErrorBoundary>
        )}
      </Box>
      <Suspense>
        {isEnded && client.desktop === undefined && (
          <OperationToasts feed={feeds.stacks} undos={feeds.stats.tasks.undos} />
        )}
      </Suspense>
      <Overlays {...{ feeds, overlay, typed, close }} />
    </Box>
  );
}

interface OverlaysProps {
  readonly feeds: Feeds;
  readonly overlay: Overlay | undefined;
  readonly typed: EarlyKeysProps["typed"];
  readonly close: () => void;
}

function Overlays({ feeds, overlay, typed, close }: OverlaysProps) {
  const loading = (
    <>
      <PartLoading />
      <EarlyKeys typed={typed} onClose={close} />
    </>
  );
  return (
    <>
      <Suspense fallback={<PartLoading />}>{overlay === "help" && <HelpDialog onClose={close} />}</Suspense>
      <Suspense fallback={loading}>
        {overlay === "palette" && <Palette {...feeds} pages={PAGES} typed={typed} onClose={close} />}
      </Suspense>
    </>
  );
}
