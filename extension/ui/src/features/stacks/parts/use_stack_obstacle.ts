import { useAbout, useObstacle } from "../../../lib/client.ts";

/** Why no stack can be changed from here, as a sentence for people; `undefined` when it can. */
export function useStackObstacle(): string | undefined {
  const obstacle = useObstacle();
  const simulated = useAbout()?.simulated === true;
  return simulated ? "These containers are simulated: stacks need a real engine." : obstacle;
}
