import type { CellText } from "../model/columns.ts";

/** A value, or "n/a" with the reason for whoever asks. */
export function Cell({ value }: { readonly value: CellText }) {
  if ("missing" in value) {
    return (
      <span className="missing" title={value.missing}>
        n/a<span className="unseen">: {value.missing}</span>
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
