import { Fragment } from "react";
import type { Field } from "../../lib/lines/fields.ts";
import { CopyButton } from "../copy_button.tsx";
import { LABELS } from "./controls/labels.ts";

/** Props of {@linkcode LogFields}. */
export interface LogFieldsProps {
  readonly fields: readonly Field[];
  /** Names of the fields that are shown as columns. */
  readonly columns: readonly string[];
  readonly onColumn: (name: string) => void;
}

/** Fields of a structured line, each of which can be copied or shown as a column. */
export function LogFields({ fields, columns, onColumn }: LogFieldsProps) {
  return (
    <dl className="fields">
      {fields.map(({ name, value }, index) => (
        <Fragment key={index}>
          <dt>{name}</dt>
          <dd>{value}</dd>
          <dd>
            <CopyButton text={value} label={`${LABELS.copy} ${name}`} />
            <button type="button" onClick={() => onColumn(name)}>
              {columns.includes(name) ? LABELS.hideColumn : LABELS.showColumn}
            </button>
          </dd>
        </Fragment>
      ))}
    </dl>
  );
}
