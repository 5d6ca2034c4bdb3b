import { z } from 'zod';
import { useField, useSurface } from '../surface.ts';
import type { ElementOf, ElementProps } from './element-types.ts';

const Files = z.array(z.looseObject({ id: z.string() }));

/** Files of text to hand in; they are uploaded at once. */
export function FileInput({ element, blockId, labels }: ElementProps<ElementOf<'file_input'>>) {
  const { upload } = useSurface();
  const field = useField(blockId, element, Files);
  const take = async (files: readonly File[]) => {
    const ids = await Promise.all(files.map(async (file) => upload(file.name, await file.text())));
    field.choose(ids.filter((id) => id !== null).map((id) => ({ id })));
  };
  const { 'aria-required': _required, ...rest } = labels;
  return (
    <input
      {...rest}
      type="file"
      className="input"
      multiple={(element.max_files ?? 10) > 1}
      accept={element.filetypes?.map((type) => `.${type}`).join(',')}
      onChange={({ target }) => void take([...(target.files ?? [])])}
    />
  );
}
