import { ButtonElement } from './button-element.tsx';
import { Choices } from './choices.tsx';
import { DateInput } from './date-input.tsx';
import type { AnyElement, ElementProps } from './element-types.ts';
import { FeedbackButtons } from './feedback-buttons.tsx';
import { FileInput } from './file-input.tsx';
import { MultiSelect } from './multi-select.tsx';
import { Overflow } from './overflow.tsx';
import { Select } from './select.tsx';
import { RichTextInput, TextInput } from './text-input.tsx';

/** One element of a block, whichever it is. */
export function Element({ element, ...rest }: ElementProps<AnyElement>) {
  switch (element.type) {
    case 'button':
    case 'workflow_button':
    case 'icon_button':
      return <ButtonElement element={element} {...rest} />;
    case 'feedback_buttons':
      return <FeedbackButtons element={element} {...rest} />;
    case 'overflow':
      return <Overflow element={element} {...rest} />;
    case 'checkboxes':
    case 'radio_buttons':
      return <Choices element={element} {...rest} />;
    case 'datepicker':
    case 'timepicker':
    case 'datetimepicker':
      return <DateInput element={element} {...rest} />;
    case 'plain_text_input':
    case 'email_text_input':
    case 'url_text_input':
    case 'number_input':
      return <TextInput element={element} {...rest} />;
    case 'rich_text_input':
      return <RichTextInput element={element} {...rest} />;
    case 'file_input':
      return <FileInput element={element} {...rest} />;
    case 'static_select':
    case 'external_select':
    case 'users_select':
    case 'conversations_select':
    case 'channels_select':
      return <Select element={element} {...rest} />;
    case 'multi_static_select':
    case 'multi_external_select':
    case 'multi_users_select':
    case 'multi_conversations_select':
    case 'multi_channels_select':
      return <MultiSelect element={element} {...rest} />;
    case 'image':
      return <img className="thumbnail" src={element.image_url} alt={element.alt_text} />;
  }
}
