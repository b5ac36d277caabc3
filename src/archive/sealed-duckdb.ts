import { DuckDBInstance } from '@duckdb/node-api';

/**
 * An in-memory DuckDB that keeps to itself, whatever SQL it is given: it opens no file and no address,
 * fetches no extension, and writes nothing to disk. By default it would spill records, session tokens
 * among them, into `.tmp` of the working directory for everybody to read.
 */
export function openSealedDuckDB(): Promise<DuckDBInstance> {
  // In this order: once access is off, the settings about access are closed too.
  return DuckDBInstance.create(':memory:', {
    threads: '2',
    temp_directory: '',
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
    enable_external_access: 'false',
    lock_configuration: 'true',
  });
}
