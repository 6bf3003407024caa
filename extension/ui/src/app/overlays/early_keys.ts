import { type MutableRefObject, useEffect } from "react";

/** Props of {@linkcode EarlyKeys}. */
export interface EarlyKeysProps {
  /** Text that was typed so far. */
  readonly typed: MutableRefObject<string>;
  /** Closes the palette before it is loaded. */
  readonly onClose: () => void;
}

/** Keeps what the user types while the palette loads, so that no key acts as a shortcut. Renders nothing. */
export function EarlyKeys({ typed, onClose }: EarlyKeysProps) {
  useEffect(() => {
    typed.current = "";
    const press = (event: KeyboardEvent) => {
      const { key, ctrlKey, metaKey, altKey } = event;
      if (ctrlKey || metaKey || altKey) return;
      if (key === "Escape") onClose();
      else if (key === "Backspace") typed.current = typed.current.slice(0, -1);
      else if (key.length === 1) typed.current += key;
      else return;
      event.preventDefault();
      event.stopPropagation();
    };
    addEventListener("keydown", press, true);
    return () => removeEventListener("keydown", press, true);
  }, [typed, onClose]);
  return null;
}
