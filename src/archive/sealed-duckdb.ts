import { DuckDBInstance } from '@duckdb/node-api';

/**
 * An in-memory DuckDB that keeps to itself, whatever SQL it is given: it opens no file and no address
 * but those in `directory`, fetches no extension, and spills nothing to disk. By default it would spill
 * records, session tokens among them, into `.tmp` of the working directory for everybody to read.
 */
export async function openSealedDuckDB(directory?: string): Promise<DuckDBInstance> {
  const settings = {
    threads: '2',
    temp_directory: '',
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
  };
  // In this order: once access is off, the settings about access are closed too.
  const closed = { enable_external_access: 'false', lock_configuration: 'true' };
  if (directory === undefined) return DuckDBInstance.create(':memory:', { ...settings, ...closed });
  const instance = await DuckDBInstance.create(':memory:', settings);
  const connection = await instance.connect();
  // Settings take no bound values.
  const folder = `${directory.replaceAll("'", "''")}/`;
  await connection.run(`SET allowed_directories = ['${folder}']`);
  await connection.run('SET GLOBAL parquet_metadata_cache = true');
  // What is joined keeps its order only where it is not built into the table that is looked into.
  await connection.run("SET disabled_optimizers = 'join_order,build_side_probe_side'");
  for (const [name, value] of Object.entries(closed))
    await connection.run(`SET ${name} = ${value}`);
  connection.closeSync();
  return instance;
}
