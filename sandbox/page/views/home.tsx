import { useEffect } from 'react';
import { Blocks } from '../blocks/blocks.tsx';
import type { View } from '../model/sandbox-state.ts';
import { SurfaceContext, useNewSurface } from '../surface.ts';
import type { Tell } from '../use-sandbox.ts';

/** App Home, as the app last published it for a person. Opening it tells the app. */
export function Home(props: { view: View | undefined; person: string; tell: Tell }) {
  const { view, person, tell } = props;
  useEffect(() => {
    void tell('home', { user: person });
  }, [person, tell]);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a long page scrolls by keyboard
    <section className="home" aria-label="Home" tabIndex={0}>
      {view === undefined ? (
        <p className="loading">Loading…</p>
      ) : (
        <HomeBlocks key={view.id} view={view} person={person} tell={tell} />
      )}
    </section>
  );
}

function HomeBlocks({ view, person, tell }: { view: View; person: string; tell: Tell }) {
  const surface = useNewSurface({ person, tell, site: { home: true }, blocks: view.blocks });
  return (
    <SurfaceContext value={surface}>
      {view.notice && (
        <p role="alert" className="alert error">
          {view.notice}
        </p>
      )}
      <Blocks blocks={view.blocks} />
    </SurfaceContext>
  );
}
