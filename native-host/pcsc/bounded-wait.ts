/**
 * Waits for `work`, but no longer than `milliseconds`: then calls `late` and resolves to `false`, while `work` goes on. Resolves to
 * `true` when `work` did, rejects when it does; `late` is called only if this resolves to `false`.
 */
export function within(work: Promise<unknown>, milliseconds: number, late: () => void): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      late();
      resolve(false);
    }, milliseconds);
    work.then(
      () => {
        clearTimeout(timer);
        resolve(true);
      },
      (error: unknown) => {
        clearTimeout(timer);
        reject(error instanceof Error ? error : new Error(String(error)));
      },
    );
  });
}
