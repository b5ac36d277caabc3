// Processes of the benchmarks, and what they tell.
import { fork } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** Node's options as `npm start` gives them: what is measured runs as the product does. */
const { scripts } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
export const execArgv = scripts.start.match(/--\S+/g) ?? [];

/** A process of a benchmark, running, with its first word. */
export async function started(file, args) {
  const child = fork(new URL(file, import.meta.url), args);
  const hello = await answered(child, ({ url }) => url);
  return {
    hello,
    traffic: () => {
      const told = answered(child, ({ traffic }) => traffic);
      child.send('traffic');
      return told;
    },
    stop: () => new Promise((done) => child.once('exit', done).kill()),
  };
}

/** The first message that `is` what is waited for; a process that ends before has failed. */
export function answered(child, is) {
  return new Promise((resolve, reject) => {
    const ended = (code) => reject(new Error(`a process of the benchmark ended with ${code}`));
    child.once('exit', ended);
    const heard = (message) => {
      if (typeof message !== 'object' || !is(message)) return;
      child.off('exit', ended);
      child.off('message', heard);
      resolve(message);
    };
    child.on('message', heard);
  });
}
