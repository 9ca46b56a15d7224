/**
 * The vault: a worker that holds the keys. It takes the tasks of vault/messages.ts one at a time; its memory is the only
 * place where a key stands in the open, and it ends with the session.
 */
import { Refusal } from "../shared/refusal.ts";
import { deskSeeds, stretch, unlock } from "./vault/keys.ts";
import type { Reply, Request, Task, Tasks } from "./vault/messages.ts";
import { openParcel } from "./vault/open.ts";

const reply = (message: Reply): void => postMessage(message);

function perform(request: Request): Promise<Tasks[Task]["answer"]> {
  if (request.task === "stretch") return stretch(request.ask);
  if (request.task === "unlock") return unlock(request.ask);
  const { call, ask } = request;
  const progress = (done: number, total: number) => reply({ call, progress: { done, total } });
  return openParcel(ask, deskSeeds(), progress);
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
