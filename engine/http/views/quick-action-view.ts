/** Quick actions in the words of the public describe, as far as the caller sees what stands on their forms. */
import { recordTypeOf, type ReadyAction } from '../../automation/quick-actions/quick-actions.ts'
import type { ObjectModel } from '../../model/model.ts'
import type { Gate } from '../../query/resolve.ts'
import { sectionOf, type DescribedObject } from './describe-layout.ts'
import { sectionView } from './layout-view.ts'
import { actionLabel } from './page-actions.ts'

/** An entry of a list. */
export function listedAction(action: ReadyAction, version: string) {
  const { name, kind } = action.plan
  return { label: actionLabel(action), name, type: kind, urls: urlsOf(action, version) }
}

function urlsOf({ plan }: ReadyAction, version: string) {
  const root = `/services/data/v${version}`
  const object = plan.context === undefined ? '' : `/sobjects/${plan.context}`
  const quickAction = `${root}${object}/quickActions/${encodeURIComponent(plan.name)}`
  const defaultValues = `${quickAction}/defaultValues`
  return {
    defaultValues,
    quickAction,
    describe: `${quickAction}/describe`,
    defaultValuesTemplate: `${defaultValues}/{ID}`,
  }
}

/** With its form; `subject` is the object of the record that it makes or changes. */
export function describedAction(action: ReadyAction, subject: DescribedObject, version: string) {
  const { plan, body } = action
  return {
    ...listedAction(action, version),
    accessLevelRequired: null,
    actionEnumOrId: plan.name,
    canvasApplicationId: null,
    canvasApplicationName: null,
    colors: [],
    contextSobjectType: plan.context ?? null,
    defaultValues: null,
    flowDevName: null,
    flowRecordIdVar: null,
    height: body.height ?? null,
    iconName: null,
    iconUrl: null,
    icons: [],
    layout: {
      ...sectionOf(subject, formOf(subject.gate, subject.object, action), 0),
      layoutSectionId: null,
      parentLayoutId: null,
    },
    lightningComponentBundleId: null,
    lightningComponentBundleName: null,
    lightningComponentQualifiedName: null,
    lightningWebComponentBundleId: null,
    lightningWebComponentBundleName: null,
    lightningWebComponentQualifiedName: null,
    miniIconUrl: null,
    showQuickActionLcHeader: false,
    showQuickActionVfHeader: false,
    // Of ours: what users read afterwards.
    successMessage: body.successMessage ?? null,
    targetParentField: plan.parentField ?? null,
    targetRecordTypeId: recordTypeOf(action) ?? null,
    targetSobjectType: plan.target,
    visualforcePageName: null,
    visualforcePageUrl: null,
    width: body.width ?? null,
  }
}

/** The form as a section of a page layout, so that hidden fields go the same way. */
function formOf(gate: Gate, object: ObjectModel, { body }: ReadyAction) {
  const { layoutSectionStyle, quickActionLayoutColumns = [] } = body.quickActionLayout ?? {}
  return sectionView(gate, object, {
    detailHeading: false,
    ...(layoutSectionStyle === 'OneColumn' && { style: layoutSectionStyle }),
    layoutColumns: quickActionLayoutColumns.map(({ quickActionLayoutItems = [] }) => ({
      layoutItems: quickActionLayoutItems.map(({ emptySpace, field, uiBehavior }) => ({
        ...(emptySpace !== undefined && { emptySpace }),
        ...(field !== undefined && { field }),
        ...(uiBehavior !== undefined && { behavior: uiBehavior }),
      })),
    })),
  })
}

/** Names of the fields that the form shows. */
export function formFields(gate: Gate, object: ObjectModel, action: ReadyAction): string[] {
  return formOf(gate, object, action).rows.flatMap((row) =>
    row.flatMap((cell) => cell?.field ?? []),
  )
}
