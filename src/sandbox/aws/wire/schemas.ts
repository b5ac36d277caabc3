import * as account from '@aws-sdk/client-account';
import * as cloudtrail from '@aws-sdk/client-cloudtrail';
import * as cloudwatch from '@aws-sdk/client-cloudwatch';
import * as logs from '@aws-sdk/client-cloudwatch-logs';
import * as config from '@aws-sdk/client-config-service';
import * as ec2 from '@aws-sdk/client-ec2';
import * as iam from '@aws-sdk/client-iam';
import * as identitystore from '@aws-sdk/client-identitystore';
import * as kms from '@aws-sdk/client-kms';
import * as organizations from '@aws-sdk/client-organizations';
import * as s3 from '@aws-sdk/client-s3';
import * as sns from '@aws-sdk/client-sns';
import * as sso from '@aws-sdk/client-sso-admin';
import * as sts from '@aws-sdk/client-sts';
import { type Shape, shapeOfReference, type Traits } from './shape.ts';

export type ProtocolName =
  | 'aws-json'
  | 'aws-json-1.0'
  | 'rest-json'
  | 'query'
  | 'ec2-query'
  | 'rest-xml';

/** One operation of a service: its REST route, if it has one, and its shapes. */
export type Operation = { name: string; traits: Traits; input: Shape; output: Shape };

/** A service as its SDK client describes it. */
export type ServiceSchema = {
  /** The name in the credential scope of a signature, such as `cloudtrail`. */
  name: string;
  protocol: ProtocolName;
  xmlNamespace: string;
  operations: ReadonlyMap<string, Operation>;
  /** What the schema says about an error code: its status and, for query, its code on the wire. */
  errors: ReadonlyMap<string, { status?: number; wireCode?: string }>;
};

type Client = { [name: string]: unknown };
type Known = { client: Client; protocol: ProtocolName; xmlNamespace?: string };

const KNOWN: { [signingName: string]: Known } = {
  account: { client: account, protocol: 'rest-json' },
  cloudtrail: { client: cloudtrail, protocol: 'aws-json' },
  config: { client: config, protocol: 'aws-json' },
  ec2: {
    client: ec2,
    protocol: 'ec2-query',
    xmlNamespace: 'http://ec2.amazonaws.com/doc/2016-11-15/',
  },
  iam: {
    client: iam,
    protocol: 'query',
    xmlNamespace: 'https://iam.amazonaws.com/doc/2010-05-08/',
  },
  identitystore: { client: identitystore, protocol: 'aws-json' },
  kms: { client: kms, protocol: 'aws-json' },
  logs: { client: logs, protocol: 'aws-json' },
  monitoring: { client: cloudwatch, protocol: 'aws-json-1.0' },
  organizations: { client: organizations, protocol: 'aws-json' },
  s3: { client: s3, protocol: 'rest-xml', xmlNamespace: 'http://s3.amazonaws.com/doc/2006-03-01/' },
  sns: {
    client: sns,
    protocol: 'query',
    xmlNamespace: 'http://sns.amazonaws.com/doc/2010-03-31/',
  },
  sso: { client: sso, protocol: 'aws-json' },
  sts: {
    client: sts,
    protocol: 'query',
    xmlNamespace: 'https://sts.amazonaws.com/doc/2011-06-15/',
  },
};
const loaded = new Map<string, ServiceSchema>();

/** The schema of a service by its signing name; undefined: no client of it is known here. */
export function schemaOf(signingName: string): ServiceSchema | undefined {
  const known = Object.hasOwn(KNOWN, signingName) ? KNOWN[signingName] : undefined;
  if (!known) return undefined;
  let schema = loaded.get(signingName);
  if (!schema) {
    schema = read(signingName, known);
    loaded.set(signingName, schema);
  }
  return schema;
}

// The clients export their schemas as arrays: [kind, namespace, name, traits, input, output].
const OPERATION = 9;
const ERROR = -3;

function read(name: string, { client, protocol, xmlNamespace }: Known): ServiceSchema {
  const operations = new Map<string, Operation>();
  const errors = new Map<string, { status?: number; wireCode?: string }>();
  for (const exported of Object.values(client)) {
    if (!Array.isArray(exported)) continue;
    const [kind, , called, traits, input, output] = exported;
    if (kind === OPERATION) operations.set(called, operation(called, traits, input, output));
    if (kind === ERROR) errors.set(called, errorOf(traits));
  }
  return { name, protocol, xmlNamespace: xmlNamespace ?? '', operations, errors };
}

/** Shapes are made when an operation is first called: EC2 alone has over seven hundred. */
function operation(name: string, traits: unknown, input: unknown, output: unknown): Operation {
  let shapes: { input: Shape; output: Shape } | undefined;
  const made = () => {
    shapes ??= { input: shapeOfReference(input), output: shapeOfReference(output) };
    return shapes;
  };
  return {
    name,
    traits: typeof traits === 'object' && traits !== null ? (traits as Traits) : {},
    get input() {
      return made().input;
    },
    get output() {
      return made().output;
    },
  };
}

function errorOf(traits: unknown) {
  if (typeof traits !== 'object' || traits === null) return {};
  const { httpError, awsQueryError } = traits as { httpError?: number; awsQueryError?: [string] };
  return {
    ...(httpError && { status: httpError }),
    ...(awsQueryError && { wireCode: awsQueryError[0] }),
  };
}
