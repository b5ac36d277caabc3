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
          },
          Presets.shades_classic,
        );
        bar.start(of, done);
      }
      bar.setTotal(of);
      bar.update(done);
    },
    stop(): void {
      clear();
      bar?.stop();
      bar = undefined;
    },
  };

  function clear(): void {
    if (line) stderr.write(CLEARED);
    line = false;
  }
}

/** Back to the start of the line, and nothing on it. */
const CLEARED = '\r\u001b[2K';
