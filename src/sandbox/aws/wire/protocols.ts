import { awsJson, awsJson10 } from './aws-json.ts';
import type { Protocol } from './protocol.ts';
import { ec2Query, query } from './query.ts';
import { restJson } from './rest-json.ts';
import { restXml } from './rest-xml.ts';
import type { ProtocolName } from './schemas.ts';

/** Every wire protocol that the simulator speaks. */
export const PROTOCOLS: { [name in ProtocolName]: Protocol } = {
  'aws-json': awsJson,
  'aws-json-1.0': awsJson10,
  'rest-json': restJson,
  query,
  'ec2-query': ec2Query,
  'rest-xml': restXml,
};
