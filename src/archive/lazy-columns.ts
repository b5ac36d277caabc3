import type { Columns } from './columns-in-duckdb.ts';

/** The columns of an archive; DuckDB, which takes long to load, is loaded when they are first needed. */
export function lazyColumns(directory: string): Columns {
  let loaded: Promise<Columns> | null = null;
  const columns = () => {
    loaded ??= import('./columns-in-duckdb.ts').then(({ columnsInDuckDB }) =>
      columnsInDuckDB(directory),
    );
    return loaded;
  };
  return {
    write: async (...args) => (await columns()).write(...args),
    join: async (...args) => (await columns()).join(...args),
    ask: async (...args) => (await columns()).ask(...args),
    async close() {
      if (loaded) await (await loaded).close();
    },
  };
}
