// Whom to believe about certificates: the roots of Node and of the system. Read once, since the system's take time.
import tls from 'node:tls';

let roots: string[] | null = null;

/** Certificates in PEM. A runtime that cannot read the system's has its own. */
export const trustedRoots = (): string[] => {
  if (roots !== null) return roots;
  try {
    roots = [...tls.getCACertificates('default'), ...tls.getCACertificates('system')];
  } catch {
    roots = [...tls.rootCertificates];
  }
  return roots;
};
