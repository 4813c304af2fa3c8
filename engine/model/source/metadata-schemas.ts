/** The JSON Schemas of all metadata types, as they stand in `metadata/schema/`. */
import type { MetadataTypeName } from '../declaration.ts'
import actionPlanTemplate from '../../../metadata/schema/ActionPlanTemplate.schema.json' with { type: 'json' }
import approvalProcess from '../../../metadata/schema/ApprovalProcess.schema.json' with { type: 'json' }
import assignmentRules from '../../../metadata/schema/AssignmentRules.schema.json' with { type: 'json' }
import authProvider from '../../../metadata/schema/AuthProvider.schema.json' with { type: 'json' }
import connectedApp from '../../../metadata/schema/ConnectedApp.schema.json' with { type: 'json' }
import customApplication from '../../../metadata/schema/CustomApplication.schema.json' with { type: 'json' }
import customLabels from '../../../metadata/schema/CustomLabels.schema.json' with { type: 'json' }
import customMetadata from '../../../metadata/schema/CustomMetadata.schema.json' with { type: 'json' }
import customObject from '../../../metadata/schema/CustomObject.schema.json' with { type: 'json' }
import customObjectTranslation from '../../../metadata/schema/CustomObjectTranslation.schema.json' with { type: 'json' }
import customPermission from '../../../metadata/schema/CustomPermission.schema.json' with { type: 'json' }
import customTab from '../../../metadata/schema/CustomTab.schema.json' with { type: 'json' }
import delegateGroup from '../../../metadata/schema/DelegateGroup.schema.json' with { type: 'json' }
import emailTemplate from '../../../metadata/schema/EmailTemplate.schema.json' with { type: 'json' }
import entitlementProcess from '../../../metadata/schema/EntitlementProcess.schema.json' with { type: 'json' }
import flow from '../../../metadata/schema/Flow.schema.json' with { type: 'json' }
import globalValueSet from '../../../metadata/schema/GlobalValueSet.schema.json' with { type: 'json' }
import globalValueSetTranslation from '../../../metadata/schema/GlobalValueSetTranslation.schema.json' with { type: 'json' }
import group from '../../../metadata/schema/Group.schema.json' with { type: 'json' }
import layout from '../../../metadata/schema/Layout.schema.json' with { type: 'json' }
import pathAssistant from '../../../metadata/schema/PathAssistant.schema.json' with { type: 'json' }
import permissionSet from '../../../metadata/schema/PermissionSet.schema.json' with { type: 'json' }
import permissionSetGroup from '../../../metadata/schema/PermissionSetGroup.schema.json' with { type: 'json' }
import profile from '../../../metadata/schema/Profile.schema.json' with { type: 'json' }
import queue from '../../../metadata/schema/Queue.schema.json' with { type: 'json' }
import quickAction from '../../../metadata/schema/QuickAction.schema.json' with { type: 'json' }
import reportType from '../../../metadata/schema/ReportType.schema.json' with { type: 'json' }
import role from '../../../metadata/schema/Role.schema.json' with { type: 'json' }
import scoringRules from '../../../metadata/schema/ScoringRules.schema.json' with { type: 'json' }
import serviceProcess from '../../../metadata/schema/ServiceProcess.schema.json' with { type: 'json' }
import sharingRules from '../../../metadata/schema/SharingRules.schema.json' with { type: 'json' }
import standardValueSet from '../../../metadata/schema/StandardValueSet.schema.json' with { type: 'json' }
import standardValueSetTranslation from '../../../metadata/schema/StandardValueSetTranslation.schema.json' with { type: 'json' }
import translations from '../../../metadata/schema/Translations.schema.json' with { type: 'json' }
import webhook from '../../../metadata/schema/Webhook.schema.json' with { type: 'json' }
import workflow from '../../../metadata/schema/Workflow.schema.json' with { type: 'json' }

/** The part of JSON Schema that the metadata language uses, with our own marks. */
export interface SchemaNode {
  readonly $id?: string
  readonly $ref?: string
  readonly title?: string
  readonly description?: string
  readonly type?: string | readonly string[]
  readonly enum?: readonly string[]
  readonly pattern?: string
  readonly minimum?: number
  readonly maximum?: number
  readonly required?: readonly string[]
  readonly additionalProperties?: boolean
  readonly properties?: Readonly<Record<string, SchemaNode>>
  readonly items?: SchemaNode
  /** A reference with a description of its own: always exactly one entry. */
  readonly allOf?: readonly SchemaNode[]
  readonly definitions?: Readonly<Record<string, SchemaNode>>
  /** An attribute of ours, which the public types do not have. */
  readonly 'x-fieldstone'?: boolean
  /** The engine keeps the element and does not act on it yet. */
  readonly 'x-kept'?: boolean
  /** The attribute by which the entries of a list are told apart. */
  readonly 'x-key'?: string
}

export const metadataSchemas: Readonly<Record<MetadataTypeName, SchemaNode>> = {
  ActionPlanTemplate: actionPlanTemplate,
  ApprovalProcess: approvalProcess,
  AssignmentRules: assignmentRules,
  AuthProvider: authProvider,
  DelegateGroup: delegateGroup,
  ConnectedApp: connectedApp,
  CustomApplication: customApplication,
  CustomLabels: customLabels,
  CustomMetadata: customMetadata,
  CustomObject: customObject,
  CustomObjectTranslation: customObjectTranslation,
  CustomPermission: customPermission,
  CustomTab: customTab,
  EmailTemplate: emailTemplate,
  EntitlementProcess: entitlementProcess,
  Flow: flow,
  GlobalValueSet: globalValueSet,
  GlobalValueSetTranslation: globalValueSetTranslation,
  Group: group,
  Layout: layout,
  PathAssistant: pathAssistant,
  PermissionSet: permissionSet,
  PermissionSetGroup: permissionSetGroup,
  Profile: profile,
  Queue: queue,
  QuickAction: quickAction,
  ReportType: reportType,
  Role: role,
  ScoringRules: scoringRules,
  ServiceProcess: serviceProcess,
  SharingRules: sharingRules,
  StandardValueSet: standardValueSet,
  StandardValueSetTranslation: standardValueSetTranslation,
  Translations: translations,
  Webhook: webhook,
  Workflow: workflow,
}
