/** The address of the page. */
import { parseQuery } from "../../src/lib/route.ts";

/** Returns true if the state of the view in the address has a value. */
export function hasQuery(name: string, value: string): boolean {
  return parseQuery(location.hash).get(name) === value;
}
