import type { Batch, TakenFile } from './batch.ts';
import type { Cell } from './manifest.ts';
import { UNDATED } from './record-fields.ts';
import { callRow } from './row.ts';

/** Counts of events and files by account, region, day and category. */
export function createCells() {
  const cells = new Map<string, Cell>();
  /** The file that was counted last of an account, region and day: files come one after the other. */
  const countedIn = new Map<string, string>();
  const cellOf = (place: Place, day: number, file: string): Cell => {
    const { account, region, category } = place;
    const where = `${account}/${region}/${day}`;
    const known = cells.get(`${where}/${category}`);
    const cell = known ?? { account, region, day: dayOf(day), category, files: 0, events: 0 };
    if (!known) cells.set(`${where}/${category}`, cell);
    if (countedIn.get(where) !== file) cell.files += 1;
    countedIn.set(where, file);
    return cell;
  };
  return {
    add(batch: Batch) {
      const { numbers, places } = placesOf(batch);
      const placeOf = Uint32Array.from(numbers);
      const fileOf = Uint32Array.from(batch.pieces, ({ file }) => file);
      /** The events of each place, of one day and one file at a time. */
      const events = new Uint32Array(places.length);
      const met: number[] = [];
      let [file, day] = [-1, -2];
      const count = () => {
        for (const place of met) {
          const { name } = batch.files[file] as TakenFile;
          cellOf(places[place] as Place, day, name).events += events[place] as number;
          events[place] = 0;
        }
        met.length = 0;
      };
      for (let row = 0; row < batch.rows; row += 1) {
        const time = batch.time[row] as number;
        const dayNow = time === UNDATED ? -1 : (time / DAY) | 0;
        const fileNow = fileOf[batch.piece[row] as number] as number;
        if (fileNow !== file || dayNow !== day) {
          count();
          [file, day] = [fileNow, dayNow];
        }
        const place = placeOf[batch.call[row] as number] as number;
        if (events[place] === 0) met.push(place);
        (events[place] as number) += 1;
      }
      count();
    },
    /** A file without events says all the same that its trail delivered. */
    addEmpty(files: TakenFile[]) {
      for (const { name, troubles } of files) {
        const parts = NAME.exec(name);
        if (!parts || troubles) continue;
        const [, account = '', kind, region = '', year, month, date] = parts;
        const category = kind === '-Insight' ? 'insight' : 'management';
        const day = Date.UTC(Number(year), Number(month) - 1, Number(date)) / 86_400_000;
        cellOf({ account, region, category }, day, name);
      }
    },
    all: () => [...cells.values()],
  };
}

/** Seconds. */
const DAY = 86_400;

type Place = Pick<Cell, 'account' | 'region' | 'category'>;

/** Where a batch's calls were recorded, each place once, and which of them each call belongs to. */
function placesOf(batch: Batch): { numbers: number[]; places: Place[] } {
  const known = new Map<string, number>();
  const places: Place[] = [];
  const numbers = batch.calls.map((key) => {
    const { account, region, category } = callRow(key);
    const name = `${account}/${region}/${category}`;
    const number = known.get(name) ?? places.length;
    if (number === places.length) places.push({ account, region, category });
    known.set(name, number);
    return number;
  });
  return { numbers, places };
}

/** `…/111122223333_CloudTrail_us-east-1_20261120T0535Z_Abc.json.gz` */
const NAME = /(\d{12})_CloudTrail(-Insight)?_([a-z0-9-]+)_(\d{4})(\d\d)(\d\d)T\d{4}Z_[^/]*$/;

function dayOf(day: number): string {
  return day < 0 ? '' : new Date(day * 86_400_000).toISOString().slice(0, 10);
}
