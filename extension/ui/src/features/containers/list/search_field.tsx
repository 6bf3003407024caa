import { OutlinedInput } from "@mui/material";
import { useEffect, useRef } from "react";
import { isTyping } from "../../../lib/browser/is_typing.ts";
import { LABELS } from "../model/labels.ts";

/** Search field that "/" focuses and Escape clears. */
export function SearchField(
  { value, onChange }: { readonly value: string; readonly onChange: (value: string) => void },
) {
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    const focus = (event: KeyboardEvent) => {
      if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) {
        return;
      }
      event.preventDefault();
      field.current?.focus();
    };
    addEventListener("keydown", focus);
    return () => removeEventListener("keydown", focus);
  }, []);
  return (
    <OutlinedInput
      inputRef={field}
      type="search"
      size="small"
      placeholder={LABELS.searchHint}
      inputProps={{ "aria-label": LABELS.search }}
      value={value}
      onChange={({ target }) => onChange(target.value)}
      onKeyDown={({ key }) => key === "Escape" && onChange("")}
      sx={{ width: { xs: "100%", sm: 200 }, flexShrink: 1 }}
    />
  );
}
