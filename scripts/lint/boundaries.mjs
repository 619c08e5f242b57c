// The linter's boundary rule (an oxlint plugin): every import of src/, in whatever form it is written, is resolved and held
// against the table in arrows.mjs. First of the three boundary proofs; it must not know any arrow itself.
import { isBuiltin } from 'node:module';
import path from 'node:path';
import { mayTakeFromCrypto, refuseFile, refusePackage } from './arrows.mjs';

const toSlashes = (file) => file.replaceAll('\\', '/');

/** Splits an absolute file name at its `src/` folder, the first below the linter's working directory. */
function placeIn(cwd, filename) {
  const relative = toSlashes(path.relative(cwd, filename));
  const start = relative.startsWith('src/') ? 0 : relative.indexOf('/src/') + 1;
  if (!relative.slice(start).startsWith('src/')) return undefined;
  return {
    source: path.resolve(cwd, relative.slice(0, start), 'src'),
    file: relative.slice(start + 'src/'.length),
  };
}

const isTypeOnly = (node) => {
  if (node.importKind === 'type' || node.exportKind === 'type') return true;
  const specifiers = node.specifiers ?? [];
  return (
    specifiers.length > 0 &&
    specifiers.every((each) => each.importKind === 'type' || each.exportKind === 'type')
  );
};

function refuse(place, filename, specifier, typeOnly) {
  const bare = specifier.split('?')[0];
  if (!bare.startsWith('.') && !bare.startsWith('/')) return refusePackage(place.file, bare, isBuiltin(bare));
  const to = toSlashes(path.relative(place.source, path.resolve(path.dirname(filename), bare)));
  if (to.startsWith('..')) return `src/ may not import from outside src/ (${specifier})`;
  return refuseFile(place.file, to, typeOnly);
}

/** Names taken from node:crypto; `*` stands for the whole module. */
function cryptoNames(node) {
  if (node.type !== 'ImportDeclaration' && node.type !== 'ExportNamedDeclaration') return ['*'];
  return (node.specifiers ?? []).map((each) => {
    if (each.type === 'ImportSpecifier') return each.imported.name ?? each.imported.value;
    if (each.type === 'ExportSpecifier') return each.local.name ?? each.local.value;
    return '*';
  });
}

function create(context) {
  const filename = context.filename;
  const place = placeIn(context.cwd, filename);
  if (place === undefined) return {};

  const report = (node, message) => context.report({ node, message: `${message}.` });
  const check = (node, literal, typeOnly) => {
    const specifier = literal?.value;
    if (typeof specifier !== 'string') {
      report(node, 'An import must name its module as a plain string, or no arrow can be checked');
      return;
    }
    const refusal = refuse(place, filename, specifier, typeOnly);
    if (refusal !== undefined) report(node, refusal);
    else if (/^(node:)?crypto$/.test(specifier) && !typeOnly) {
      const extra = cryptoNames(node).filter((name) => !mayTakeFromCrypto(place.file, name));
      if (extra.length > 0) report(node, `node:crypto is for random bytes only, not for ${extra.join(', ')}`);
    }
  };
  return {
    ImportDeclaration: (node) => check(node, node.source, isTypeOnly(node)),
    ExportNamedDeclaration: (node) => node.source && check(node, node.source, isTypeOnly(node)),
    ExportAllDeclaration: (node) => check(node, node.source, node.exportKind === 'type'),
    ImportExpression: (node) => check(node, node.source, false),
    TSImportType: (node) => check(node, node.source ?? node.argument?.literal ?? node.argument, true),
    TSImportEqualsDeclaration: (node) => report(node, 'Write an import declaration'),
    CallExpression(node) {
      const { callee } = node;
      if (callee.type === 'Identifier' && callee.name === 'require') check(node, node.arguments[0], false);
      const member = callee.type === 'MemberExpression' ? callee.property : callee;
      const name = member.name ?? member.value;
      if (name === 'getBuiltinModule' || name === 'createRequire')
        report(node, `${name} would go round the arrows`);
    },
  };
}

export default { meta: { name: 'keyturn' }, rules: { arrows: { meta: { type: 'problem' }, create } } };
