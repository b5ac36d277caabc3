import type { WireRequest } from './protocol.ts';
import type { Operation, ServiceSchema } from './schemas.ts';

/** A REST route of an operation: its path as a pattern and the query that it requires. */
type Route = {
  operation: Operation;
  method: string;
  pattern: RegExp;
  labels: string[];
  literals: [name: string, value: string][];
  /** Longer paths are more particular. */
  length: number;
};
export type Routed = { operation: Operation; labels: { [name: string]: string } };

const tables = new WeakMap<ServiceSchema, Route[]>();

/** The operation whose route fits a request best, with the labels of its path. */
export function route(
  service: ServiceSchema,
  request: WireRequest,
  path: string,
  fits: (operation: Operation) => boolean = () => true,
): Routed | undefined {
  const asked = request.query.get('x-id');
  for (const candidate of routesOf(service)) {
    if (candidate.method !== request.method) continue;
    if (asked !== null && asked !== candidate.operation.name) continue;
    if (!candidate.literals.every(([name, value]) => carries(request.query, name, value))) continue;
    const match = candidate.pattern.exec(path);
    if (!match || !fits(candidate.operation)) continue;
    const labels = candidate.labels.map((label, index) => [label, decode(match[index + 1] ?? '')]);
    return { operation: candidate.operation, labels: Object.fromEntries(labels) };
  }
  return undefined;
}

/** The most particular routes first: those that require more of the query, then the longer paths. */
function routesOf(service: ServiceSchema): Route[] {
  let routes = tables.get(service);
  if (!routes) {
    routes = [...service.operations.values()]
      .flatMap(routeOf)
      .sort((a, b) => b.literals.length - a.literals.length || b.length - a.length);
    tables.set(service, routes);
  }
  return routes;
}

function routeOf(operation: Operation): Route[] {
  const http = operation.traits.http;
  if (!http) return [];
  const [method, target] = http;
  const [path = '', search] = target.split('?');
  const labels: string[] = [];
  const pattern = path
    .replace(/\/$/, '')
    .replace(/[.*^$()|[\]\\]/g, '\\$&')
    .replace(/\{(\w+)(\+)?\}/g, (_, label: string, greedy?: string) => {
      labels.push(label);
      return greedy ? '(.+)' : '([^/]+)';
    });
  // `x-id` only names the operation; SDKs of other languages do not send it.
  const literals = [...new URLSearchParams(search ?? '')].filter(([name]) => name !== 'x-id');
  return [
    {
      operation,
      method,
      pattern: new RegExp(`^${pattern}/?$`, 's'),
      labels,
      literals,
      length: path.length,
    },
  ];
}

function carries(query: URLSearchParams, name: string, value: string): boolean {
  return value === '' ? query.has(name) : query.get(name) === value;
}

function decode(label: string): string {
  try {
    return decodeURIComponent(label);
  } catch {
    // A label that is no valid percent-encoding stands for itself, as S3 takes it.
    return label;
  }
}
