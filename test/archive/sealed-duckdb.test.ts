import { openSealedDuckDB } from '../../src/archive/sealed-duckdb.ts';

test.each([
  `SELECT * FROM read_text('${__filename}')`,
  "COPY (SELECT 1) TO 'copied.csv'",
  "ATTACH 'other.db'",
  "SELECT * FROM read_csv('http://127.0.0.1:1/a.csv')",
  'INSTALL httpfs',
  "SET temp_directory = '.tmp'",
  'SET enable_external_access = true',
])('DuckDB refuses to leave the process: %s', async (sql) => {
  const instance = await openSealedDuckDB();
  const connection = await instance.connect();
  await expect(connection.run(sql)).rejects.toThrow(/Permission|disabled|locked|cannot/i);
  connection.closeSync();
  instance.closeSync();
});

test('DuckDB spills nothing to disk', async () => {
  const instance = await openSealedDuckDB();
  const connection = await instance.connect();
  const read = await connection.runAndReadAll("SELECT current_setting('temp_directory')");
  expect(read.getRows()).toEqual([['']]);
  connection.closeSync();
  instance.closeSync();
});
