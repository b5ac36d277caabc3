import type { Batch, TakenFile } from './batch.ts';
import type { FileToTake } from './take-file.ts';

/**
 * A batch on its way from the thread that read it: files without what whoever sent them knows, and numbers in
 * place of objects, since each object is written, read and collected again.
 */
export type BatchMessage = Omit<Batch, 'files' | 'pieces'> & {
  rowsOfFiles: Uint32Array;
  /** Those of which not all was read, by the number of the file. */
  troubled: ({ file: number } & Pick<TakenFile, 'troubles' | 'again'>)[];
  /** Of each piece its file, and how many bytes it has. */
  filesOfPieces: Uint32Array;
  bytesOfPieces: Uint32Array;
};

/** The message, and the memory that goes with it instead of being copied. */
export function messageOf({ files, pieces, ...rest }: Batch): {
  message: BatchMessage;
  moved: ArrayBuffer[];
} {
  const message = {
    ...rest,
    rowsOfFiles: Uint32Array.from(files, ({ rows }) => rows),
    troubled: files.flatMap(({ troubles, again }, file) =>
      troubles === null && !again ? [] : [{ file, troubles, again }],
    ),
    filesOfPieces: Uint32Array.from(pieces, ({ file }) => file),
    bytesOfPieces: Uint32Array.from(pieces, ({ bytes }) => bytes),
  };
  const tables = Object.values(message).filter((one) => ArrayBuffer.isView(one));
  const tokens = rest.parts.map((part) => part.tokens);
  return { message, moved: [...tables, ...tokens].map(({ buffer }) => buffer as ArrayBuffer) };
}

/** The batch of these files. */
export function batchOf(message: BatchMessage, sent: FileToTake[]): Batch {
  const { rowsOfFiles, troubled, filesOfPieces, bytesOfPieces, ...rest } = message;
  const files = sent.map(({ name, size }, file): TakenFile => {
    return { name, size, rows: rowsOfFiles[file] as number, troubles: null, again: false };
  });
  for (const { file, troubles, again } of troubled)
    files[file] = { ...(files[file] as TakenFile), troubles, again };
  const pieces = Array.from(filesOfPieces, (file, piece) => {
    return { file, bytes: bytesOfPieces[piece] as number };
  });
  return { ...rest, files, pieces };
}
