import { Popover } from "@mui/material";
import { mainElement } from "../../components/main_element.ts";
import { LABELS } from "../labels.ts";
import SignInForm, { type SignInFormProps } from "./sign_in_form.tsx";

/** Props of {@linkcode SignInPopover}. */
export interface SignInPopoverProps extends SignInFormProps {
  /** Anchor of the open form; `null` while it is closed. */
  readonly anchor: HTMLElement | null;
  readonly onClose: () => void;
}

/** Form to sign in, below the button that opens it. */
export default function SignInPopover({ anchor, onClose, ...form }: SignInPopoverProps) {
  return (
    <Popover
      container={mainElement}
      open={anchor !== null}
      anchorEl={anchor}
      onClose={onClose}
      anchorOrigin={{ vertical: "bottom", horizontal: "right" }}
      transformOrigin={{ vertical: -6, horizontal: "right" }}
      slotProps={{ paper: { role: "dialog", "aria-label": LABELS.signIn, sx: PAPER } }}
    >
      <SignInForm {...form} />
    </Popover>
  );
}

const PAPER = { width: 300, p: 2, border: 1, borderColor: "divider" } as const;
