import { Stack, Typography } from "@mui/material";
import { Fragment, type ReactNode } from "react";
import { ActionButton } from "../../../components/action_button.tsx";
import { EmptyState } from "../../../components/empty_state.tsx";
import { PlusIcon } from "../../../components/icons.tsx";
import { Loading } from "../../../components/loading.tsx";
import { useObstacle } from "../../../lib/client.ts";
import { LABELS } from "../model/labels.ts";
import { Rows } from "./frame.ts";
import type { AlertSettings } from "./use_settings.ts";

/** Props of {@linkcode SettingsList}. */
export interface SettingsListProps<T> {
  /** `undefined` until they are loaded. */
  readonly items: readonly T[] | undefined;
  readonly failure: AlertSettings["failure"];
  /** Name of the list. */
  readonly label: string;
  readonly add: { readonly label: string; readonly onClick: () => void };
  /** Shown instead of an empty list. */
  readonly empty: { readonly title: string; readonly text: string };
  readonly row: (item: T) => ReactNode;
}

/** A list of rules or channels, with a button that adds one. */
export function SettingsList<T extends { readonly id: string }>(
  { items, failure, label, add, empty, row }: SettingsListProps<T>,
) {
  const obstacle = useObstacle();
  if (items === undefined) {
    return obstacle === undefined && failure === undefined
      ? <Loading />
      : <Typography>{LABELS.signIn}</Typography>;
  }
  return (
    <Stack spacing={2}>
      <div>
        <ActionButton
          label={add.label}
          icon={<PlusIcon />}
          variant="contained"
          obstacle={obstacle}
          onClick={add.onClick}
        />
      </div>
      {items.length === 0
        ? <EmptyState title={empty.title}>{empty.text}</EmptyState>
        : (
          <Rows aria-label={label}>
            {items.map((item) => <Fragment key={item.id}>{row(item)}</Fragment>)}
          </Rows>
        )}
    </Stack>
  );
}
