import { Link, Skeleton } from "@mui/material";
import type { Stack } from "../../../../../../server/protocol/stacks.ts";
import type { StackFeed } from "../model/stack_feed.ts";
import type { StackList } from "../model/stack_list.ts";
import { MissingPage } from "../parts/missing_page.tsx";
import { stackHref } from "../parts/stack_link.tsx";
import { DETAIL_LABELS } from "../model/labels_detail.ts";

/** A stack that this page has released. */
export interface Release {
  readonly stack: Stack;
  /** Paths that stay. */
  readonly kept: readonly string[];
}

/** Props of {@linkcode NoStack}. */
export interface NoStackProps {
  readonly feed: StackFeed;
  readonly stackKey: string;
  readonly list: StackList;
}

/** Page instead of a stack that was removed, was not loaded, or does not exist. */
export function NoStack({ feed, stackKey, list: { known, error, newest } }: NoStackProps) {
  if (!known && error === undefined) return <Skeleton variant="rounded" height={160} />;
  const last = newest.get(stackKey);
  const isRun = feed.runs.value.get(stackKey)?.action === "removing";
  const isRemoval = last?.action === "removing" && last.state === "succeeded" && last.target.kind === "stack";
  if (isRun || isRemoval) {
    return (
      <MissingPage title={DETAIL_LABELS.removed}>
        {isRun || last === undefined
          ? DETAIL_LABELS.removedHint(last?.target.name)
          : DETAIL_LABELS.recordRemoved(last.target.name)}
        <KeptPaths paths={last?.kept ?? []} />
      </MissingPage>
    );
  }
  if (!known) return <MissingPage title={DETAIL_LABELS.notLoaded}>{error}</MissingPage>;
  return <MissingPage title={DETAIL_LABELS.notFound}>{DETAIL_LABELS.notFoundHint}</MissingPage>;
}

/** Page after a release, with the paths that stay. */
export function ReleasedPage({ release: { stack, kept } }: { readonly release: Release }) {
  return (
    <MissingPage title={DETAIL_LABELS.released(stack.name)}>
      {DETAIL_LABELS.releasedHint}
      <KeptPaths paths={kept} />
      {stack.status !== "never_deployed" && (
        <Link href={stackHref({ ...stack, stack_id: null })}>{DETAIL_LABELS.openProject}</Link>
      )}
    </MissingPage>
  );
}

function KeptPaths({ paths }: { readonly paths: readonly string[] }) {
  if (paths.length === 0) return null;
  return (
    <>
      <p>{DETAIL_LABELS.kept}</p>
      <ul style={{ textAlign: "left", overflowWrap: "anywhere" }}>
        {paths.map((path) => (
          <li key={path}>
            <code>{path}</code>
          </li>
        ))}
      </ul>
    </>
  );
}
