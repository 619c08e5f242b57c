// Remembers widths between starts: numbers of pixels and nothing else may ever be put into localStorage.
const prefix = 'layout.';

export const rememberedWidth = (name: string, fallback: number): number => {
  try {
    const width = Number(localStorage.getItem(prefix + name) ?? Number.NaN);
    return Number.isFinite(width) && width > 0 ? width : fallback;
  } catch {
    return fallback;
  }
};

export const rememberWidth = (name: string, width: number): void => {
  try {
    localStorage.setItem(prefix + name, String(Math.round(width)));
  } catch {
    // A window without storage simply starts with the widths it was drawn with.
  }
};
