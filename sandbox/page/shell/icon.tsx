const PATHS = {
  clock: 'M8 1.8a6.2 6.2 0 1 0 0 12.4A6.2 6.2 0 0 0 8 1.8Zm0 2.7V8l2.4 1.6',
  eye: 'M1.5 8S4 3.5 8 3.5 14.5 8 14.5 8 12 12.5 8 12.5 1.5 8 1.5 8ZM8 6a2 2 0 1 0 0 4 2 2 0 0 0 0-4Z',
  thread: 'M2 3.2h12v7.6H7.5L4.5 13.5v-2.7H2ZM5 6h6M5 8.2h4',
  bolt: 'M9 1.5 3.5 9H8l-1 5.5L12.5 7H8Z',
  file: 'M4 1.8h5l3 3v9.4H4ZM9 1.8v3h3',
  image: 'M2 3h12v10H2ZM2 11l3.5-3.5L8 10l2.5-2.5L14 11',
} as const;

/** A small drawing; the words beside it say what it means. */
export function Icon({ name }: { name: keyof typeof PATHS }) {
  return (
    <svg className="icon-drawing" viewBox="0 0 16 16" aria-hidden="true">
      <path d={PATHS[name]} />
    </svg>
  );
}
