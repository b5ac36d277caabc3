/**
 * Data-plane calls leave no event unless data events are on, and are never in Event history
 * (reference: questions, 2.5). Names that are management events elsewhere are told by their source.
 */
const DATA_EVENTS: Record<string, string[]> = {
  's3.amazonaws.com': [
    'GetObject',
    'PutObject',
    'DeleteObject',
    'DeleteObjects',
    'HeadObject',
    'CopyObject',
    'ListObjects',
    'ListObjectsV2',
    'ListObjectVersions',
    'GetObjectAcl',
    'PutObjectAcl',
    'GetObjectTagging',
    'PutObjectTagging',
    'RestoreObject',
    'SelectObjectContent',
    'CreateMultipartUpload',
    'CompleteMultipartUpload',
    'UploadPart',
  ],
  'lambda.amazonaws.com': ['Invoke', 'InvokeExecution'],
  'dynamodb.amazonaws.com': [
    'GetItem',
    'PutItem',
    'UpdateItem',
    'DeleteItem',
    'BatchGetItem',
    'BatchWriteItem',
    'Query',
    'Scan',
    'TransactGetItems',
    'TransactWriteItems',
    'ExecuteStatement',
    'BatchExecuteStatement',
  ],
  'sqs.amazonaws.com': ['SendMessage', 'ReceiveMessage', 'DeleteMessage'],
  'sns.amazonaws.com': ['Publish', 'PublishBatch'],
  'kinesis.amazonaws.com': ['PutRecord', 'PutRecords', 'GetRecords'],
};

/** Whether a call of this name is a data event, where one of these sources (or any) makes it. */
export function isDataEvent(name: string, sources: string[]): boolean {
  return dataEventSources([name], sources).length > 0;
}

/** These names by the source of which they are data events; without `sources`, of any. */
export function dataEventSources(
  names: string[],
  sources: string[],
): { source: string; names: string[] }[] {
  return Object.entries(DATA_EVENTS)
    .filter(([source]) => sources.length === 0 || sources.includes(source))
    .map(([source, known]) => ({ source, names: names.filter((name) => known.includes(name)) }))
    .filter(({ names: some }) => some.length > 0);
}
