import { Link } from "@mui/material";
import type { Stack } from "../../../../../../server/protocol/stacks.ts";
import { hrefTo } from "../../../lib/route.ts";

/** Returns the address of the page of a stack or a project. */
export function stackHref({ stack_id, hostId, name }: Pick<Stack, "stack_id" | "hostId" | "name">): string {
  return stack_id === null ? hrefTo("stacks", "project", hostId, name) : hrefTo("stacks", stack_id);
}

/** Name of a stack as a link to its page. */
export function StackLink({ stack }: { readonly stack: Stack }) {
  return (
    <Link href={stackHref(stack)} color="text.primary" underline="hover" sx={{ fontWeight: 600 }}>
      {stack.name}
    </Link>
  );
}
