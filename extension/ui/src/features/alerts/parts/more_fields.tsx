import { Button, Stack } from "@mui/material";
import { type ReactNode, useId, useState } from "react";
import { DownIcon, UpIcon } from "../../../components/icons.tsx";
import { LABELS } from "../model/labels.ts";

/** Props of {@linkcode MoreFields}. */
export interface MoreFieldsProps {
  /** True to show the fields at first. */
  readonly isOpen: boolean;
  readonly children: ReactNode;
}

/** Fields that few users need, behind a button. */
export function MoreFields({ isOpen: isOpenAtFirst, children }: MoreFieldsProps) {
  const [isOpen, setOpen] = useState(isOpenAtFirst);
  const id = useId();
  return (
    <>
      <div>
        <Button
          size="small"
          sx={{ ml: -1.25 }}
          aria-expanded={isOpen}
          {...isOpen && { "aria-controls": id }}
          endIcon={isOpen ? <UpIcon /> : <DownIcon />}
          onClick={() => setOpen(!isOpen)}
        >
          {LABELS.more}
        </Button>
      </div>
      {isOpen && <Stack id={id} spacing={2}>{children}</Stack>}
    </>
  );
}
