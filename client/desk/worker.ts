/**
 * The vault: a worker that holds the keys. It takes the tasks of vault/messages.ts one at a time; its memory is the only
 * place where a key stands in the open, and it ends with the session. The same script is an opener when the vault starts
 * it (vault/openers.ts).
 */
import { Refusal } from "../shared/refusal.ts";
import { Vault } from "./vault/client.ts";
import { borrow, deskSeeds, stretch, unlock } from "./vault/keys.ts";
import { readLetters, sealLetter } from "./vault/letters.ts";
import type { Reply, Request, Task, Tasks } from "./vault/messages.ts";
import { readNotes, readViews, sealNote, sealViews } from "./vault/notes.ts";
import { type Opener, openerWith, openParcel } from "./vault/open.ts";
import { Openers, openersHere } from "./vault/openers.ts";
import { digits, enrol, grant } from "./vault/people.ts";
import { starterOf } from "./vault/script.ts";

const reply = (message: Reply): void => postMessage(message);

const start = starterOf([location.href]);
const openers = new Openers(
  () => new Vault(start(location.href)),
  typeof Worker === "function" ? openersHere(navigator.hardwareConcurrency) : 0,
);
let open: Opener | null = null;
let isOpener = false;

async function unlockAll(ask: Tasks["unlock"]["ask"]): Promise<Tasks["unlock"]["answer"]> {
  const unlocked = await unlock(ask);
  open = await openers.with(deskSeeds());
  return unlocked;
}

function become({ seeds }: Tasks["lend"]["ask"]): null {
  isOpener = true;
  borrow(seeds);
  return null;
}

/** What an opener reads holds secrets that the page is not told. */
async function openEach(
  { envelopes }: Tasks["openEach"]["ask"],
  progress: Progress,
): Promise<Tasks["openEach"]["answer"]> {
  if (!isOpener) throw new Refusal("open");
  return { read: await openerWith(deskSeeds())(envelopes, progress) };
}

type Progress = (done: number, total: number) => void;
type Performed<T extends Task> = Tasks[T]["answer"] | Promise<Tasks[T]["answer"]>;

const TASKS: {
  readonly [T in Task]: (ask: Tasks[T]["ask"], progress: Progress) => Performed<T>;
} = {
  stretch,
  unlock: unlockAll,
  enrol,
  digits,
  grant,
  open: (ask, progress) => openParcel(ask, open ?? openerWith(deskSeeds()), progress),
  lend: become,
  openEach,
  readLetters,
  sealLetter,
  sealNote,
  readNotes,
  sealViews,
  readViews,
};

async function perform(request: Request): Promise<Tasks[Task]["answer"]> {
  const { call } = request;
  const progress = (done: number, total: number) => reply({ call, progress: { done, total } });
  return TASKS[request.task](request.ask as never, progress);
}

async function answer(request: Request): Promise<void> {
  const { call } = request;
  try {
    reply({ call, answer: await perform(request) });
  } catch (error) {
    reply({ call, refused: error instanceof Refusal ? error.layer : "broken" });
  }
}

/** Tasks wait for each other: `unlock` needs what `stretch` left. */
let last: Promise<void> = Promise.resolve();
addEventListener("message", ({ data }: MessageEvent<Request>) => {
  last = last.then(() => answer(data));
});
