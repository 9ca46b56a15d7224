/** Looking again and again, for what others do meanwhile. */
import { useEffect, useRef } from "preact/hooks";

/** Milliseconds between two looks. */
const LOOK_MS = 15_000;

/** Calls `look` again and again while the window is seen. */
export function useLooking(look: () => void, every = LOOK_MS): void {
  const latest = useRef(look);
  latest.current = look;
  useEffect(() => {
    const lookIfSeen = () => document.visibilityState === "visible" && latest.current();
    const timer = setInterval(lookIfSeen, every);
    document.addEventListener("visibilitychange", lookIfSeen);
    return () => {
      clearInterval(timer);
      document.removeEventListener("visibilitychange", lookIfSeen);
    };
  }, []);
}
