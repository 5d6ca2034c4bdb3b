import { useEffect, useState } from 'react';
import { Icon } from './icon.tsx';

const STEPS = [
  { text: '1 hour', duration: 'PT1H' },
  { text: '8 hours', duration: 'PT8H' },
  { text: '1 day', duration: 'P1D' },
] as const;

const UNITS = {
  minutes: (count: number) => `PT${count}M`,
  hours: (count: number) => `PT${count}H`,
  days: (count: number) => `P${count}D`,
} as const;

const SHOWN: Intl.DateTimeFormatOptions = {
  weekday: 'short',
  month: 'short',
  day: 'numeric',
  hour: 'numeric',
  minute: '2-digit',
};

/** The sandbox's clock, and how to advance it. */
export function ClockMenu(props: {
  aheadMs: number;
  onAdvance(duration: string): Promise<unknown>;
}) {
  const [, tick] = useState(0);
  const [busy, setBusy] = useState(false);
  useEffect(() => {
    const timer = setInterval(() => tick((count) => count + 1), 1000);
    return () => clearInterval(timer);
  }, []);
  const advance = async (duration: string) => {
    if (busy) return;
    setBusy(true);
    await props.onAdvance(duration);
    setBusy(false);
  };
  const now = new Date(Date.now() + props.aheadMs).toLocaleString(undefined, SHOWN);
  return (
    <>
      <button type="button" popoverTarget="clock-menu" aria-label={`Clock: ${now}. Advance it`}>
        <Icon name="clock" /> {now}
      </button>
      <div id="clock-menu" popover="auto" className="popover clock-menu" aria-busy={busy}>
        <p role="status">{busy ? 'Running what falls due…' : 'Advance the clock by'}</p>
        <div className="steps">
          {STEPS.map(({ text, duration }) => (
            <button
              key={duration}
              type="button"
              className="button"
              aria-disabled={busy}
              onClick={() => void advance(duration)}
            >
              {text}
            </button>
          ))}
        </div>
        <CustomStep busy={busy} onAdvance={(duration) => void advance(duration)} />
        <small>Everything that falls due on the way happens. At most 7 days at a time.</small>
      </div>
    </>
  );
}

function CustomStep(props: { busy: boolean; onAdvance(duration: string): void }) {
  const [count, setCount] = useState(30);
  const [unit, setUnit] = useState<keyof typeof UNITS>('minutes');
  return (
    <form
      className="steps"
      onSubmit={(event) => {
        event.preventDefault();
        props.onAdvance(UNITS[unit](count));
      }}
    >
      <input
        className="input"
        type="number"
        min={1}
        aria-label="How many"
        value={count}
        onChange={({ target }) => setCount(Math.max(1, Math.round(target.valueAsNumber) || 1))}
      />
      <select
        className="input"
        aria-label="Unit"
        value={unit}
        onChange={({ target }) =>
          setUnit(target.value === 'days' || target.value === 'hours' ? target.value : 'minutes')
        }
      >
        {Object.keys(UNITS).map((name) => (
          <option key={name}>{name}</option>
        ))}
      </select>
      <button type="submit" className="button" aria-disabled={props.busy}>
        Advance
      </button>
    </form>
  );
}
