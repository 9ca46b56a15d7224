/** Reports that colleagues decided on meanwhile leave the list of what waits: so nobody begins one that is done. */
import { useRef } from "preact/hooks";
import { fetchQueue, fetchVersions } from "./api.ts";
import { ANY } from "./choice.ts";
import { goneFrom, standingOf } from "./queue.ts";
import type { Session } from "./session.ts";
import { useLooking } from "./useLooking.ts";
import type { Queue } from "./useQueue.ts";

/** What one look goes over: the server gives no more. A longer queue is walked through, page after page, and over again. */
const PAGE = 100;
/** More than a few at once are colleagues' mass rejections; the next look goes on with them. */
const MOST = 10;
const WAITING = { state: "waiting", choice: ANY } as const;

export function useDecided({ access }: Session, queue: Queue): void {
  const before = useRef<string | null>(null);
  const looking = useRef(false);

  async function look() {
    if (looking.current || queue.state !== "waiting" || !queue.ready || queue.busy) return;
    looking.current = true;
    try {
      const from = { before: before.current, limit: PAGE, count: false };
      const page = await fetchQueue(access, WAITING, from);
      before.current = page.next;
      for (const id of goneFrom(queue.rows, page, from.before === null).slice(0, MOST))
        queue.saved(id, standingOf((await fetchVersions(access, id)).assessments));
    } catch {
      // The next look finds them.
    } finally {
      looking.current = false;
    }
  }
  useLooking(() => void look());
}
