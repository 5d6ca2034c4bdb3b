import { useState } from 'react';
import { Icon } from '../shell/icon.tsx';
import { Link } from './words.tsx';

interface Source {
  readonly alt_text: string;
  readonly image_url?: string | undefined;
}

/** An image of the sandbox itself. One from the web is not fetched: its description and address stand for it. */
export function Picture({ image, title }: { image: Source; title?: string | undefined }) {
  const [shown, setShown] = useState(isOwn(image.image_url));
  const url = image.image_url ?? '';
  return (
    <figure className="picture">
      {title !== undefined && <figcaption>{title}</figcaption>}
      {shown ? (
        <img src={url} alt={image.alt_text} onError={() => setShown(false)} />
      ) : (
        <span>
          <Icon name="image" /> <Link url={url}>{image.alt_text}</Link>
        </span>
      )}
    </figure>
  );
}

function isOwn(url: string | undefined): boolean {
  return url !== undefined && URL.canParse(url) && new URL(url).origin === location.origin;
}
