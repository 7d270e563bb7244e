// One tab of the browser leads. It holds the event stream and the telephone; another takes over when it closes.

type Watcher = (leads: boolean) => void;

class Leadership {
  leads = false;
  private watchers = new Set<Watcher>();

  constructor() {
    if (typeof navigator === "undefined" || !navigator.locks) {
      this.leads = true;
      return;
    }
    // Held until the tab closes; the promise never settles on purpose.
    void navigator.locks
      .request("lintel-leader", () => {
        this.leads = true;
        for (const watcher of this.watchers) watcher(true);
        return new Promise<never>(() => {});
      })
      .catch(() => undefined);
  }

  watch(watcher: Watcher): () => void {
    this.watchers.add(watcher);
    if (this.leads) queueMicrotask(() => watcher(true));
    return () => this.watchers.delete(watcher);
  }
}

export const leadership = new Leadership();
