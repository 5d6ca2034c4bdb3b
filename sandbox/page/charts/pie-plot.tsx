import { figure, type PieChart } from './chart-data.ts';

const RADIUS = 100;

/** Segments of a whole. */
export function PiePlot({ chart, description }: { chart: PieChart; description: string }) {
  const total = chart.segments.reduce((sum, { value }) => sum + value, 0);
  const shares = chart.segments.map(({ value }) => value / total);
  return (
    <svg viewBox="-104 -104 208 208" role="img" aria-label={description} className="plot pie">
      {chart.segments.map(({ label, value }, index) => {
        const start = shares.slice(0, index).reduce((sum, share) => sum + share, 0);
        const share = shares[index] ?? 0;
        return (
          <path key={label} className={`series-${index}`} d={slice(start, share)}>
            <title>{`${label}: ${figure(value)} (${Math.round(share * 100)} %)`}</title>
          </path>
        );
      })}
    </svg>
  );
}

/** A slice from a share of the circle on; a whole circle needs two arcs. */
function slice(start: number, share: number): string {
  if (share >= 1) {
    return `M0,${-RADIUS} A${RADIUS},${RADIUS} 0 1 1 0,${RADIUS} A${RADIUS},${RADIUS} 0 1 1 0,${-RADIUS}`;
  }
  const large = share > 0.5 ? 1 : 0;
  return `M0,0 L${pointAt(start)} A${RADIUS},${RADIUS} 0 ${large} 1 ${pointAt(start + share)} Z`;
}

function pointAt(share: number): string {
  const angle = (share - 0.25) * 2 * Math.PI;
  return `${RADIUS * Math.cos(angle)},${RADIUS * Math.sin(angle)}`;
}
