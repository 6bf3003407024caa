import { styled, useMediaQuery } from "@mui/material";
import { useEffect, useRef } from "react";
import { COLORS, RADIUS } from "../../../components/design/tokens.ts";
import { isTyping } from "../../../lib/browser/is_typing.ts";
import { LABELS } from "../model/labels.ts";

/** Search field that "/" focuses and Escape clears. */
export function SearchField(
  { value, onChange }: { readonly value: string; readonly onChange: (value: string) => void },
) {
  const field = useRef<HTMLInputElement>(null);
  const hasKeyboard = !useMediaQuery("(pointer: coarse)");
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
    <Field
      ref={field}
      type="search"
      placeholder={hasKeyboard ? LABELS.searchHint : LABELS.searchPlain}
      aria-label={LABELS.search}
      value={value}
      onChange={({ target }) => onChange(target.value)}
      onKeyDown={({ key }) => key === "Escape" && onChange("")}
    />
  );
}

/** Looks like the fields of MUI, whose code the first page does not need. */
const Field = styled("input")(({ theme: { breakpoints } }) => ({
  flexShrink: 1,
  width: 200,
  height: 30,
  boxSizing: "border-box",
  padding: "0 10px",
  font: "inherit",
  fontSize: 13,
  color: COLORS.ink,
  backgroundColor: COLORS.panel,
  border: `1px solid ${COLORS.line}`,
  borderRadius: RADIUS.control,
  "&::placeholder": { color: COLORS.inkQuiet, opacity: 1 },
  "&:hover": { borderColor: COLORS.ink },
  "&:focus": { borderColor: COLORS.accent, outline: `1px solid ${COLORS.accent}`, outlineOffset: -2 },
  [breakpoints.down("sm")]: { width: "100%" },
}));
