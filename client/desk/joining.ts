/** How somebody arrives who was invited: the link's token leaves the address bar and is in memory only. */
import { useEffect, useState } from "preact/hooks";

/** As at the command line, in characters. */
export const SHORTEST_PASSPHRASE = 16;

/** Takes the fragment out of the address bar and out of this step of the history; the token that it held. */
function takeToken(): string | null {
  const [, token] = /^#join=([\w-]{43})$/.exec(location.hash) ?? [];
  if (location.hash) history.replaceState(null, "", location.pathname);
  return token ?? null;
}

/** The token of the link that was opened, and how to forget it. */
export function useInvitation() {
  const [token, setToken] = useState<string | null>(takeToken);
  useEffect(() => {
    // A link that is opened in the window of the desk only changes the fragment.
    const take = () => setToken((before) => takeToken() ?? before);
    addEventListener("hashchange", take);
    return () => removeEventListener("hashchange", take);
  }, []);
  return [token, () => setToken(null)] as const;
}

/** The link of an invitation, to be sent to one person. */
export const joinLink = (token: string): string =>
  `${location.origin}${location.pathname}#join=${token}`;

/** The code of what is wrong with a new passphrase typed twice, null for nothing. */
export function passphraseProblem(passphrase: string, again: string): string | null {
  if ([...passphrase].length < SHORTEST_PASSPHRASE) return "passphrase_short";
  return passphrase === again ? null : "passphrase_differs";
}
