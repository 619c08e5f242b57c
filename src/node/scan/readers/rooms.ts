// Rooms of one size that readers work in, kept from one file to the next: making one for each member of an archive took longer than
// unpacking it. Wiped whenever one is given back.

export type Rooms = {
  /** Zeros. To be given back. */
  readonly take: () => Uint8Array;
  readonly giveBack: (room: Uint8Array) => void;
};

/** As many as readers nest; what is given back beyond is let go. */
const mostAtRest = 8;

/** @param size bytes of each */
export const roomsOf = (size: number): Rooms => {
  const resting: Uint8Array[] = [];
  return {
    take: () => resting.pop() ?? new Uint8Array(size),
    giveBack: (room) => {
      room.fill(0);
      if (resting.length < mostAtRest) resting.push(room);
    },
  };
};

/** What most readers read through. */
export const readRooms = roomsOf(65_536);
