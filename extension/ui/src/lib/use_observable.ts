import { useSyncExternalStore } from "react";
import type { Observable } from "./observable.ts";

/** Returns the value of an observable and renders again after each change. */
export function useObservable<T>(observable: Observable<T>): T {
  return useSyncExternalStore(observable.subscribe, () => observable.value);
}
