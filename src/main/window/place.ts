// Where the window stood last, and where it may stand now: a screen may be gone, a file may have been edited. Pure.
import * as v from 'valibot';

export const leastWidth = 900;
export const leastHeight = 560;
const usualWidth = 1_240;
const usualHeight = 780;
const farthest = 100_000;
/** So much of the window must be on a screen, or it could not be found and dragged. */
const visibleEdge = 80;

const coordinate = v.pipe(v.number(), v.integer(), v.minValue(-farthest), v.maxValue(farthest));
const extent = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(farthest));

export const placeShape = v.strictObject({
  x: coordinate,
  y: coordinate,
  width: extent,
  height: extent,
  maximised: v.boolean(),
});
export type Place = v.InferOutput<typeof placeShape>;

export type Area = {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
};

/** What a window is made with; without x and y the system places it. */
export type Opening = {
  readonly x?: number;
  readonly y?: number;
  readonly width: number;
  readonly height: number;
  readonly maximised: boolean;
};

const overlap = (start: number, length: number, otherStart: number, otherLength: number): number =>
  Math.min(start + length, otherStart + otherLength) - Math.max(start, otherStart);

const isFindable = (place: Place, area: Area): boolean =>
  overlap(place.x, place.width, area.x, area.width) >= visibleEdge &&
  overlap(place.y, place.height, area.y, area.height) >= visibleEdge &&
  place.y >= area.y;

/**
 * Decides where to open.
 * @param remembered the last place, or null
 * @param areas work areas of the screens that are there now
 */
export const openingFor = (remembered: Place | null, areas: readonly Area[]): Opening => {
  const screen = areas[0];
  if (remembered === null) {
    return {
      width: Math.max(leastWidth, Math.min(usualWidth, screen?.width ?? usualWidth)),
      height: Math.max(leastHeight, Math.min(usualHeight, screen?.height ?? usualHeight)),
      maximised: false,
    };
  }
  const home = areas.find((area) => isFindable(remembered, area));
  const limit = home ?? screen;
  const size = {
    width: Math.max(leastWidth, Math.min(remembered.width, limit?.width ?? remembered.width)),
    height: Math.max(leastHeight, Math.min(remembered.height, limit?.height ?? remembered.height)),
    maximised: remembered.maximised,
  };
  return home === undefined ? size : { x: remembered.x, y: remembered.y, ...size };
};
