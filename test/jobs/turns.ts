/**
 * Lets workers take turns: every step of theirs waits here until it is chosen, so that a list of numbers
 * decides who goes next, and the same list tells the same story again.
 */
export function turnsBy(choices: number[]) {
  const waiting: (() => void)[] = [];
  let chosen = 0;
  return {
    /** Resolves when it is this step's turn. */
    turn(): Promise<void> {
      return new Promise((resolve) => waiting.push(resolve));
    },
    /** Gives turns until everything that was begun is over. */
    async until(over: Promise<unknown>): Promise<void> {
      let running = true;
      const ended = over.finally(() => {
        running = false;
      });
      // Whoever was let go runs on until all of its steps wait again; only then is the next one chosen.
      for (await settled(); running; await settled()) {
        const choice = choices[chosen] ?? 0;
        chosen += 1;
        const [next] = waiting.splice(choice % Math.max(waiting.length, 1), 1);
        if (!next && running) throw new Error('everybody waits for somebody');
        next?.();
      }
      await ended;
    },
  };
}

const settled = () => new Promise<void>((resolve) => setImmediate(resolve));
