/** The page's side of the vault: starts the worker, asks, waits. Ending the worker forgets every key. */
import type { Reply, Task, Tasks } from "./messages.ts";

/** The vault refused; `layer` is a word of the protocol, or `broken` when the worker itself failed. */
export class VaultRefusal extends Error {
  readonly layer: string;

  constructor(layer: string) {
    super(layer);
    this.layer = layer;
  }
}

interface Waiting {
  readonly resolve: (answer: never) => void;
  readonly reject: (refusal: VaultRefusal) => void;
  readonly progress: ((done: number, total: number) => void) | undefined;
}

/** What the page needs of a `Worker`. */
type Port = Pick<Worker, "postMessage" | "terminate" | "onmessage" | "onerror">;

export class Vault {
  readonly #worker: Port;
  readonly #waiting = new Map<number, Waiting>();
  #calls = 0;

  constructor(worker: Port) {
    this.#worker = worker;
    worker.onmessage = ({ data }: MessageEvent<Reply>) => this.#receive(data);
    worker.onerror = () => this.#refuseAll();
  }

  /** Asks the worker for one task; rejects with VaultRefusal. */
  ask<T extends Task>(
    task: T,
    ask: Tasks[T]["ask"],
    progress?: (done: number, total: number) => void,
  ): Promise<Tasks[T]["answer"]> {
    const call = ++this.#calls;
    return new Promise((resolve, reject) => {
      this.#waiting.set(call, { resolve, reject, progress });
      this.#worker.postMessage({ call, task, ask });
    });
  }

  /** Ends the worker, and with it every key. Whatever was still asked is refused. */
  close(): void {
    this.#worker.terminate();
    this.#refuseAll();
  }

  #receive(reply: Reply): void {
    const waiting = this.#waiting.get(reply.call);
    if (!waiting) return;
    if ("progress" in reply) {
      waiting.progress?.(reply.progress.done, reply.progress.total);
      return;
    }
    this.#waiting.delete(reply.call);
    if ("answer" in reply) waiting.resolve(reply.answer as never);
    else waiting.reject(new VaultRefusal(reply.refused));
  }

  #refuseAll(): void {
    for (const { reject } of this.#waiting.values()) reject(new VaultRefusal("broken"));
    this.#waiting.clear();
  }
}
