import { useContext } from "react";
import { Observable } from "../../../../lib/observable.ts";
import { useObservable } from "../../../../lib/use_observable.ts";
import { LABELS } from "../../model/labels.ts";
import { SelectionContext } from "./selection.ts";

const NOTHING = new Observable<ReadonlySet<string>>(new Set());

/** Props of {@linkcode SelectBox}. */
export interface SelectBoxProps {
  /** Key of the container. */
  readonly rowKey: string;
  readonly name: string;
}

/** Checkbox in the place of the mark of a row's state, shown under the pointer and while rows are selected. */
export function SelectBox({ rowKey, name }: SelectBoxProps) {
  const selection = useContext(SelectionContext);
  const isOn = useObservable(selection?.keys ?? NOTHING).has(rowKey);
  if (selection === undefined) return null;
  return (
    <label className="select" data-key={rowKey}>
      <input
        type="checkbox"
        aria-label={LABELS.select(name)}
        checked={isOn}
        onChange={({ nativeEvent }) =>
          selection.toggle(rowKey, (nativeEvent as MouseEvent).shiftKey === true)}
      />
    </label>
  );
}
