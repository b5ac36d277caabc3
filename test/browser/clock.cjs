/** The clock of a product under test, so many milliseconds ahead as a file says: an hour passes at once. */
const { readFileSync } = require('node:fs');

const real = Date;
const ahead = () => {
  try {
    return Number(readFileSync(process.env.CLOCK_AHEAD, 'utf8')) || 0;
  } catch {
    // No file yet: the clock is right.
    return 0;
  }
};

globalThis.Date = class extends real {
  constructor(...given) {
    if (given.length === 0) super(real.now() + ahead());
    else super(...given);
  }

  static now() {
    return real.now() + ahead();
  }
};
