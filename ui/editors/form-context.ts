/** What the editors of a form may want to know, put together anew whenever the form changes. */
import type { FormState } from '../base/form-state.ts'
import type { ObjectInfo } from '../base/wire.ts'
import type { EditorContext } from './editor-element.ts'

type Around = Pick<EditorContext, 'screen' | 'app' | 'format' | 'record'>

export function formContext(object: ObjectInfo, form: FormState, around: Around): EditorContext {
  return {
    ...around,
    object,
    values: form.values,
    errors: new Map([...form.unreadable, ...form.errors]),
    isNew: form.isNew,
  }
}
