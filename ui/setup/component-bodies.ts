/** The component bodies that Setup reads and writes, frozen: a change makes a new body. */
import type {
  ApprovalProcess,
  CompactLayout,
  ConnectedApp,
  CustomApplication,
  CustomField,
  CustomObject,
  DelegateGroup,
  GlobalValueSet,
  Layout,
  ListView,
  PermissionSet,
  Profile,
  Queue,
  RecordType,
  Role,
  ScoringRules,
  SharingRules,
  ValidationRule,
  StandardValueSet,
  Workflow,
} from '../../metadata/types.ts'

/** The generated types with nothing in them to assign to. */
type Frozen<Value> = Value extends readonly (infer Item)[]
  ? readonly Frozen<Item>[]
  : Value extends object
    ? { readonly [Key in keyof Value]: Frozen<Value[Key]> }
    : Value

export type FieldBody = Frozen<CustomField>
export type ObjectBody = Frozen<CustomObject>
export type CompactLayoutBody = Frozen<CompactLayout>
export type ListViewBody = Frozen<ListView>
export type ValidationRuleBody = Frozen<ValidationRule>
export type RecordTypeBody = Frozen<RecordType>
export type PageLayoutBody = Frozen<Layout>
export type PermissionSetBody = Frozen<PermissionSet>
export type ProfileBody = Frozen<Profile>
export type RoleBody = Frozen<Role>
export type DelegateGroupBody = Frozen<DelegateGroup>
export type ConnectedAppBody = Frozen<ConnectedApp>
export type QueueBody = Frozen<Queue>
export type SharingRulesBody = Frozen<SharingRules>
export type ApplicationBody = Frozen<CustomApplication>
export type ValueSetBody = Frozen<GlobalValueSet>
export type StandardValueSetBody = Frozen<StandardValueSet>
export type ScoringRulesBody = Frozen<ScoringRules>
export type ApprovalBody = Frozen<ApprovalProcess>
export type WorkflowBody = Frozen<Workflow>

/** A field's type as the files write it. */
export type FieldTypeName = NonNullable<FieldBody['type']>
