import type { CellText } from "../model/columns.ts";
import { LABELS } from "../model/labels.ts";

/** A value, or "n/a" with the reason as a tooltip. */
export function Cell({ value }: { readonly value: CellText }) {
  if ("missing" in value) {
    return (
      <span className="missing" title={value.missing}>
        {LABELS.notAvailable}
        <span className="visually-hidden">: {value.missing}</span>
      </span>
    );
  }
  return (
    <span className="value">
      {value.text}
      {value.detail !== undefined && <span className="detail">{value.detail}</span>}
    </span>
  );
}
