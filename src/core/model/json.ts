// JSON as a type: what a sealed metadata body may hold. Nothing here reads or writes.

export type JsonValue = null | boolean | number | string | readonly JsonValue[] | JsonObject;
export type JsonObject = { readonly [name: string]: JsonValue };
