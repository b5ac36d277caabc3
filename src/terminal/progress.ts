import { Presets, SingleBar } from 'cli-progress';

/** A progress bar on stderr where that is a terminal, silence elsewhere. `what` is one word. */
export function progressBar(what: string) {
  const { stderr } = process;
  let bar: SingleBar | undefined;
  return {
    show(done: number, of: number): void {
      if (!stderr.isTTY) return;
      if (!bar) {
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
      bar?.stop();
      bar = undefined;
    },
  };
}
