import { Alert, type AlertColor, Button, IconButton, styled } from "@mui/material";
import { useEffect, useRef, useState } from "react";
import type { Operation, OperationState } from "../../../../../../server/protocol/operations.ts";
import { CloseIcon } from "../../../components/icons.tsx";
import type { Observable } from "../../../lib/observable.ts";
import { hrefTo, type Route, useRoute } from "../../../lib/route.ts";
import { useObservable } from "../../../lib/use_observable.ts";
import { TOASTS } from "../model/labels.ts";
import type { StackFeed } from "../model/stack_feed.ts";
import { stackHref } from "./stack_link.tsx";

/** Time after which the note of a success disappears, ms. */
const SHOWN_MS = 8000;

const SEVERITIES: Readonly<Partial<Record<OperationState, AlertColor>>> = {
  succeeded: "success",
  cancelled: "info",
};

/** The way back from an operation. */
interface Undo {
  /** Label of its button. */
  readonly label: string;
  readonly start: () => void;
}

/** Props of {@linkcode OperationToasts}. */
export interface OperationToastsProps {
  readonly feed: StackFeed;
  /** Ways back from operations that this page has started, by the id of the operation. */
  readonly undos: Observable<ReadonlyMap<number, Undo>>;
  /** Time after which the note of a success disappears, ms. */
  readonly shownMs?: number;
}

/** Ends of operations of all clients, on every page except the page of the stack or container. */
export default function OperationToasts({ feed, undos, shownMs = SHOWN_MS }: OperationToastsProps) {
  const finished = useObservable(feed.finished);
  const back = useObservable(undos);
  const route = useRoute();
  useEffect(() => {
    for (const operation of finished) {
      if (isSeen(operation, route) && !back.has(operation.operation_id)) feed.dismiss(operation.operation_id);
    }
  }, [feed, finished, back, route.join("/")]);
  return (
    <Corner role="region" aria-label={TOASTS.region}>
      {finished.filter((operation) => !isOnPage(operation, route)).map((operation) => (
        <Toast
          key={operation.operation_id}
          operation={operation}
          undo={operation.state === "succeeded" ? back.get(operation.operation_id) : undefined}
          shownMs={shownMs}
          onClose={() => feed.dismiss(operation.operation_id)}
        />
      ))}
    </Corner>
  );
}

interface ToastProps {
  readonly operation: Operation;
  readonly undo: Undo | undefined;
  readonly shownMs: number;
  readonly onClose: () => void;
}

function Toast({ operation, undo, shownMs, onClose }: ToastProps) {
  const { state, error } = operation;
  const severity = SEVERITIES[state] ?? "error";
  const [isHeld, setHeld] = useState(false);
  const close = useRef(onClose);
  close.current = onClose;
  useEffect(() => {
    if (severity === "error" || isHeld) return;
    const timer = setTimeout(() => close.current(), shownMs);
    return () => clearTimeout(timer);
  }, [severity, isHeld, shownMs]);
  return (
    <Alert
      severity={severity}
      role={severity === "error" ? "alert" : "status"}
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
      action={<Actions href={hrefOf(operation)} undo={undo} onClose={onClose} />}
    >
      <strong>{TOASTS.ended(operation)}</strong>
      {error !== null && <div className="reason">{error.split("\n", 1)[0]}</div>}
    </Alert>
  );
}

function Actions({ href, undo, onClose }: Pick<ToastProps, "undo" | "onClose"> & { readonly href: string }) {
  const goBack = () => {
    onClose();
    undo?.start();
  };
  return (
    <>
      {undo !== undefined && <Button size="small" color="inherit" onClick={goBack}>{undo.label}</Button>}
      <Button size="small" color="inherit" href={href} onClick={onClose}>{TOASTS.show}</Button>
      <IconButton size="small" color="inherit" aria-label={TOASTS.close} onClick={onClose}>
        <CloseIcon fontSize="small" />
      </IconButton>
    </>
  );
}

/** Returns the address of the page about the target of an operation. */
function hrefOf({ stack_id, project, hostId, target, swarm }: Operation): string {
  if (swarm !== undefined) return hrefTo("swarm");
  if (target.kind === "container" && target.id !== null) return hrefTo("containers", hostId, target.id);
  return stack_id === null && project === null
    ? hrefTo("stacks")
    : stackHref({ stack_id, hostId, name: project ?? target.name });
}

/** Returns true on the page of the target, which shows the end itself. */
function isOnPage(operation: Operation, route: Route): boolean {
  const page = hrefTo(...route);
  if (operation.swarm !== undefined) {
    const [view, , name] = route;
    return view === "swarm" && (name === undefined || name === operation.project);
  }
  const href = hrefOf(operation);
  return page === href || page.startsWith(`${href}/`);
}

/** Returns true for a success that the page of its target has shown, so that no note follows on another page. */
function isSeen(operation: Operation, route: Route): boolean {
  return SEVERITIES[operation.state] !== undefined && isOnPage(operation, route);
}

const Corner = styled("div")({
  position: "fixed",
  right: 16,
  bottom: "calc(16px + var(--ds-bottom, 0px))",
  zIndex: 1400,
  display: "flex",
  flexDirection: "column",
  gap: 8,
  width: "min(420px, calc(100vw - 32px))",
  "& .MuiAlert-root": { boxShadow: "0 6px 20px rgba(0, 0, 0, 0.2)" },
  "& strong": { fontWeight: 600 },
  "& .MuiAlert-message": { minWidth: 0, flexGrow: 1, overflowWrap: "anywhere" },
  "& .reason": { maxHeight: 60, overflow: "hidden" },
  "& .MuiAlert-action": { alignItems: "center", paddingTop: 0, gap: 4 },
  "@media (pointer: coarse)": { "& .MuiButtonBase-root": { minWidth: 44, minHeight: 44 } },
});
