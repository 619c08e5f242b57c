// The steps of one turn as a dial that closes: done ones dated, the present one alive, what waits for a person marked. The keyhole turns
// a quarter with every quarter that is closed. Arrow keys go from mark to mark; a table says the same.
import { useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import { exactTime, momentWords } from '../../lib/time-words.ts';
import type { TurnView } from '../../lib/types.ts';
import { classNames } from '../../ui/class-names.ts';
import { dialSize, layDial, nextMark, type DialMark, type DialState } from './dial-layout.ts';
import { sentence, stepNames } from './turn-words.ts';
import styles from './dial.module.css';

const stateWords: Readonly<Record<DialState, string>> = {
  todo: 'to come',
  now: 'under way',
  you: 'waits for you',
  done: 'done',
  skipped: 'not needed',
  failed: 'failed',
};

const wordsOf = (mark: DialMark, now: number): string => {
  const when = mark.atMs === null ? '' : ` ${momentWords(mark.atMs, now)}`;
  const detail = mark.detail === '' ? '' : `. ${sentence(mark.detail)}`;
  return `${stepNames[mark.step]}: ${stateWords[mark.state]}${when}${detail}`;
};

/** Each state is known by its outline: ring, disc with a tick, dot in a ring, square, cross, dash. */
const shapes: Readonly<Record<DialState, ReactNode>> = {
  todo: <circle r="6.5" />,
  now: (
    <>
      <circle r="8.5" />
      <circle r="3.5" className={styles.dot} />
    </>
  ),
  you: (
    <>
      <rect x="-9" y="-9" width="18" height="18" rx="4" />
      <path className={styles.sign} d="M0-4.5V1m0 3.4v.2" />
    </>
  ),
  done: (
    <>
      <circle r="7.5" />
      <path className={styles.sign} d="m-3.2.2 2.2 2.3L3.2-2.4" />
    </>
  ),
  skipped: <path d="M-5 0h10" />,
  failed: <path d="m-5-5L5 5m0-10L-5 5" />,
};

const Mark = (props: {
  readonly mark: DialMark;
  readonly now: number;
  readonly stop: boolean;
  readonly onLook: () => void;
}): ReactNode => {
  const { mark, now, stop, onLook } = props;
  const { x, y, anchor } = mark.label;
  return (
    <g
      role="img"
      aria-label={wordsOf(mark, now)}
      tabIndex={stop ? 0 : -1}
      className={classNames(styles.mark, styles[mark.state])}
      onFocus={onLook}
      onPointerEnter={onLook}
    >
      <path className={styles.arc} d={mark.arc} />
      <g className={styles.shape} transform={`translate(${mark.x} ${mark.y})`}>
        <circle className={styles.reach} r="14" />
        {shapes[mark.state]}
      </g>
      <text className={styles.name} x={x} y={y} textAnchor={anchor} dominantBaseline="middle">
        {stepNames[mark.step]}
      </text>
      <text className={styles.when} x={x} y={y + 15} textAnchor={anchor} dominantBaseline="middle">
        {mark.state === 'you'
          ? 'you'
          : mark.state === 'now'
            ? 'now'
            : mark.atMs === null
              ? ''
              : momentWords(mark.atMs, now)}
      </text>
    </g>
  );
};

const Keyhole = ({ quarters }: { readonly quarters: number }): ReactNode => (
  <g className={styles.keyhole} style={{ rotate: `${quarters * 90}deg` }} aria-hidden="true">
    <circle className={styles.plate} cx={dialSize.width / 2} cy={dialSize.height / 2} r="42" />
    <circle className={styles.hole} cx={dialSize.width / 2} cy={dialSize.height / 2 - 6} r="9" />
    <path className={styles.bit} d={`M${dialSize.width / 2} ${dialSize.height / 2 - 2}v20`} />
  </g>
);

const Table = ({ marks }: { readonly marks: readonly DialMark[] }): ReactNode => (
  // A table takes the room of its words whatever width it is given: only a box around it hides them.
  <div className="visually-hidden">
    <table>
      <caption>Steps of this turn</caption>
      <thead>
        <tr>
          <th scope="col">Step</th>
          <th scope="col">State</th>
          <th scope="col">When</th>
          <th scope="col">What</th>
        </tr>
      </thead>
      <tbody>
        {marks.map((mark) => (
          <tr key={mark.step}>
            <th scope="row">{stepNames[mark.step]}</th>
            <td>{stateWords[mark.state]}</td>
            <td>{mark.atMs === null ? '' : exactTime(mark.atMs)}</td>
            <td>{sentence(mark.detail)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  </div>
);

const presentOf = (marks: readonly DialMark[]): number => {
  const at = marks.findIndex(({ state }) => state === 'now' || state === 'you' || state === 'failed');
  return at === -1 ? marks.length - 1 : at;
};

export const TurnDial = (props: { readonly turn: TurnView; readonly now: number }): ReactNode => {
  const { turn, now } = props;
  const { marks, quarters } = layDial(turn);
  const picture = useRef<SVGSVGElement>(null);
  const [at, setAt] = useState<number | null>(null);
  if (marks.length === 0) return null;
  const stop = Math.min(at ?? presentOf(marks), marks.length - 1);
  const onKeyDown = (event: KeyboardEvent): void => {
    const to = nextMark(stop, marks.length, event.key);
    if (to === null) return;
    event.preventDefault();
    event.stopPropagation();
    picture.current?.querySelectorAll<SVGGElement>('[role="img"]')[to]?.focus();
  };
  const seen = marks[at === null ? presentOf(marks) : stop];
  return (
    <div
      role="presentation"
      className={styles.dial}
      onKeyDown={onKeyDown}
      onPointerLeave={() => setAt(null)}
      onBlur={() => setAt(null)}
    >
      <svg
        ref={picture}
        role="group"
        aria-label={`Steps of the turn of ${turn.keyName}`}
        viewBox={`0 0 ${dialSize.width} ${dialSize.height}`}
        className={styles.picture}
      >
        <Keyhole quarters={quarters} />
        {marks.map((mark, index) => (
          <Mark key={mark.step} mark={mark} now={now} stop={index === stop} onLook={() => setAt(index)} />
        ))}
      </svg>
      <p className={styles.words}>{seen === undefined ? '' : wordsOf(seen, now)}</p>
      <Table marks={marks} />
    </div>
  );
};
