import type { CellText, RatePair, RateTexts } from "../model/columns.ts";
import { LABELS } from "../model/labels.ts";

/** A value, a quiet zero, or a dash with the reason for screen readers. */
export function Cell({ value }: { readonly value: CellText }) {
  if ("missing" in value) {
    return (
      <span className="quiet">
        <span aria-hidden="true">–</span>
        <span className="visually-hidden">{LABELS.notAvailable}: {value.missing}</span>
      </span>
    );
  }
  return <span className={value.isZero ? "quiet" : "value"}>{value.text}</span>;
}

/** Props of {@linkcode RatesCell}. */
export interface RatesCellProps {
  readonly value: RateTexts;
  readonly pair: RatePair;
}

/** Two rates on one line. */
export function RatesCell({ value, pair: { first, second, names } }: RatesCellProps) {
  if (!isPair(value)) return <Cell value={value} />;
  return (
    <span className="rates">
      <Rate value={value[0]} mark={first} name={names[0]} />
      <Rate value={value[1]} mark={second} name={names[1]} />
    </span>
  );
}

function isPair(value: RateTexts): value is readonly [CellText, CellText] {
  return Array.isArray(value);
}

function Rate(
  { value, mark, name }: { readonly value: CellText; readonly mark: string; readonly name: string },
) {
  return (
    <span className="rate">
      <span className="quiet" aria-hidden="true">{mark}</span>
      <Cell value={value} />
      <span className="visually-hidden">{name}</span>
    </span>
  );
}
