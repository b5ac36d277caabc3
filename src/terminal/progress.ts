import { Presets, SingleBar } from 'cli-progress';

/** A progress bar on stderr where that is a terminal, silence elsewhere. `what` is one word. */
export function progressBar(what: string) {
  const { stderr } = process;
  let bar: SingleBar | undefined;
  let line = false;
  return {
    /** One line in the place of the bar, while nobody knows yet how much there is to do. */
    say(words: string): void {
      if (!stderr.isTTY || bar) return;
      stderr.write(`${CLEARED}${words}`);
      line = true;
    },
    show(done: number, of: number): void {
      if (!stderr.isTTY) return;
      if (!bar) {
        clear();
        bar = new SingleBar(
          {
            stream: stderr,
            format: `${what} {bar} {value} of {total}`,
            clearOnComplete: true,
            hideCursor: true,
            // Its own handler would stop the bar and let the work go on.
            gracefulExit: false,
          },
          Presets.shades_classic,
        );
        bar.start(of, done);
        for (const signal of ENDING) process.on(signal, interrupted);
      }
      bar.setTotal(of);
      bar.update(done);
    },
    stop,
  };

  function stop(): void {
    clear();
    bar?.stop();
    bar = undefined;
    for (const signal of ENDING) process.off(signal, interrupted);
  }

  /** Ctrl+C must not leave a terminal behind that shows no cursor and wraps no line. */
  function interrupted(signal: NodeJS.Signals): void {
    stop();
    // Now nobody holds the signal up, unless somebody else ends the process in an order of their own.
    if (process.listenerCount(signal) === 0) process.kill(process.pid, signal);
  }

  function clear(): void {
    if (line) stderr.write(CLEARED);
    line = false;
  }
}

const ENDING = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Back to the start of the line, and nothing on it. */
const CLEARED = '\r\u001b[2K';
