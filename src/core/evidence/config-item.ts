import type { Json, JsonObject } from '../json.ts';
import { readJson } from './parse-event.ts';

/** A configuration item: how a resource was when Config captured it (`at`, ISO 8601 UTC). */
export type ConfigItem = {
  account: string;
  region: string;
  resourceType: string;
  resourceId: string;
  resourceName: string;
  arn: string;
  at: string;
  deleted: boolean;
  /** `configuration`, `supplementaryConfiguration` and `tags`, JSON within JSON opened. */
  content: { configuration: Json; supplementaryConfiguration: JsonObject; tags: JsonObject };
};

/** As the SDK hands an item over, of a history, of an aggregator, or of a batch. */
export type WrittenItem = {
  accountId?: string | undefined;
  awsRegion?: string | undefined;
  resourceType?: string | undefined;
  resourceId?: string | undefined;
  resourceName?: string | undefined;
  arn?: string | undefined;
  configurationItemCaptureTime?: Date | undefined;
  configurationItemStatus?: string | undefined;
  configuration?: string | undefined;
  supplementaryConfiguration?: { [name: string]: string } | undefined;
  tags?: { [name: string]: string } | undefined;
};

/** One item as Config writes it: configurations are JSON texts within JSON. */
export function itemOf(written: WrittenItem): ConfigItem {
  const { supplementaryConfiguration = {}, tags = {} } = written;
  return {
    account: written.accountId ?? '',
    region: written.awsRegion ?? '',
    resourceType: written.resourceType ?? '',
    resourceId: written.resourceId ?? '',
    resourceName: written.resourceName ?? '',
    arn: written.arn ?? '',
    at: written.configurationItemCaptureTime?.toISOString() ?? '',
    deleted: (written.configurationItemStatus ?? '').startsWith('ResourceDeleted'),
    content: {
      configuration: readJson(written.configuration ?? '') ?? null,
      supplementaryConfiguration: Object.fromEntries(
        Object.entries(supplementaryConfiguration).map(([name, text]): [string, Json] => [
          name,
          readJson(text) ?? text,
        ]),
      ),
      tags,
    },
  };
}

/** The name that people know it by. */
export function calledItem({ resourceName, resourceId }: ConfigItem): string {
  return resourceName || resourceId;
}
