// Holds an answer to the contract before it leaves: what the schema does not name must not get out, by whatever mistake. Items
// of long lists are remembered once checked: they are frozen and come again with every list.
import type * as v from 'valibot';
import { specOf, type CallName } from '../contract/contract.ts';
import { guardOf } from './guard-of.ts';

const checkedItems = new WeakMap<object, v.GenericSchema>();

const isListSchema = (
  schema: v.GenericSchema,
): schema is v.GenericSchema & { readonly item: v.GenericSchema } =>
  schema.type === 'array' && 'item' in schema;

const isItem = (schema: v.GenericSchema, item: unknown): boolean => {
  if (typeof item !== 'object' || item === null) return guardOf(schema)(item);
  if (checkedItems.get(item) === schema) return true;
  if (!guardOf(schema)(item)) return false;
  if (Object.isFrozen(item)) checkedItems.set(item, schema);
  return true;
};

/** Whether a value is what the call promises to answer. */
export const isPromised = (name: CallName, value: unknown): boolean => {
  const schema = specOf(name).output;
  if (!isListSchema(schema)) return guardOf(schema)(value);
  return Array.isArray(value) && value.every((item) => isItem(schema.item, item));
};
