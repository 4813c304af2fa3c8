/** What the page of a lead offers: making a customer of it. */
import { t } from '../../base/text.ts'
import type { ObjectScreen, RecordScreen } from '../../base/wire.ts'
import type { EditorContext } from '../../editors/editor-element.ts'
import { showToast } from '../../elements/toast/toast.ts'

/** The server has the last word: it alone knows what the user may make. */
export function mayConvert(
  { describe }: ObjectScreen,
  { editable, record }: RecordScreen,
): boolean {
  return describe.name === 'Lead' && editable && record['IsConverted'] !== true
}

export interface LeadToConvert {
  readonly id: string
  readonly name: string
  readonly context: EditorContext
}

/** True when the lead is a customer now. */
export async function convertLead(lead: LeadToConvert): Promise<boolean> {
  const { openConversion } = await import('../../elements/convert-lead/convert-dialog.ts')
  const isConverted = await openConversion(lead)
  if (isConverted) {
    showToast({ kind: 'success', text: t('{name} is a customer now.', { name: lead.name }) })
  }
  return isConverted
}
