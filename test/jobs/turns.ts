/**
 * Lets workers take turns: every step of theirs waits here until it is chosen, so that a list of numbers
 * decides who goes next, and the same list tells the same story again.
 */
export function turnsBy(choices: number[]) {
  const waiting: { who: string; go: () => void }[] = [];
  let chosen = 0;
  let last = '';

  /**
   * Mostly whoever went last goes on, and one time in four somebody else does: what goes wrong goes wrong
   * where one is held up at one step while another does many.
   */
  function next(): (() => void) | undefined {
    const choice = choices[chosen] ?? 1;
    chosen += 1;
    const same = waiting.findIndex(({ who }) => who === last);
    const stays = choice % 4 > 0 && same >= 0;
    const at = stays ? same : Math.floor(choice / 4) % Math.max(waiting.length, 1);
    const [taken] = waiting.splice(at, 1);
    last = taken?.who ?? '';
    return taken?.go;
  }

  return {
    /** Resolves when it is this step's turn. */
    turn(who: string): Promise<void> {
      return new Promise((go) => waiting.push({ who, go }));
    },
    /** Gives turns until everything that was begun is over. */
    async until(over: Promise<unknown>): Promise<void> {
      let running = true;
      const ended = over.finally(() => {
        running = false;
      });
      // Whoever was let go runs on until all of its steps wait again; only then is the next one chosen.
      for (await settled(); running; await settled()) {
        const go = next();
        if (!go && running) throw new Error('everybody waits for somebody');
        go?.();
      }
      await ended;
    },
  };
}

const settled = () => new Promise<void>((resolve) => setImmediate(resolve));
