/**
 * Metadata types that the engine knows by name and does not read yet. Their files are listed by
 * name, so that nobody believes they were applied.
 */
const suffixesByFolder: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  appMenus: { appMenu: 'AppMenu' },
  aura: { design: 'AuraDefinitionBundle' },
  autoResponseRules: { autoResponseRules: 'AutoResponseRules' },
  classes: { cls: 'ApexClass' },
  communities: { community: 'Community' },
  components: { component: 'ApexComponent' },
  contentassets: { asset: 'ContentAsset' },
  cspTrustedSites: { cspTrustedSite: 'CspTrustedSite' },
  dashboards: { dashboard: 'Dashboard', dashboardFolder: 'DashboardFolder' },
  documents: { document: 'Document', documentFolder: 'DocumentFolder' },
  duplicateRules: { duplicateRule: 'DuplicateRule' },
  email: { emailFolder: 'EmailFolder' },
  escalationRules: { escalationRules: 'EscalationRules' },
  experiences: { site: 'ExperienceBundle' },
  externalCredentials: { externalCredential: 'ExternalCredential' },
  flexipages: { flexipage: 'FlexiPage' },
  flowDefinitions: { flowDefinition: 'FlowDefinition' },
  homePageComponents: { homePageComponent: 'HomePageComponent' },
  homePageLayouts: { homePageLayout: 'HomePageLayout' },
  homePages: { homePage: 'HomePage' },
  lwc: { js: 'LightningComponentBundle' },
  matchingRules: { matchingRule: 'MatchingRules' },
  messageChannels: { messageChannel: 'LightningMessageChannel' },
  namedCredentials: { namedCredential: 'NamedCredential' },
  networks: { network: 'Network' },
  notificationtypes: { notiftype: 'CustomNotificationType' },
  pages: { page: 'ApexPage' },
  participantRoles: { participantRole: 'ParticipantRole' },
  platformEventChannelMembers: { platformEventChannelMember: 'PlatformEventChannelMember' },
  platformEventChannels: { platformEventChannel: 'PlatformEventChannel' },
  prompts: { prompt: 'Prompt' },
  remoteSiteSettings: { remoteSite: 'RemoteSiteSetting' },
  reports: { report: 'Report', reportFolder: 'ReportFolder' },
  serviceProcesses: { serviceProcess: 'ServiceProcess' },
  settings: { settings: 'Settings' },
  sites: { site: 'CustomSite' },
  staticresources: { resource: 'StaticResource' },
  triggers: { trigger: 'ApexTrigger' },
}

const folders = new Map(Object.entries(suffixesByFolder))

/** Folders whose files are known by name and not read yet. */
export const unreadFolders: readonly string[] = [...folders.keys()]

/** The type of a file in a folder that is not read yet; the suffix only tells kinds apart. */
export function unreadType(folder: string, suffix?: string): string | undefined {
  const bySuffix = folders.get(folder)
  if (bySuffix === undefined) return undefined
  return (suffix === undefined ? undefined : bySuffix[suffix]) ?? Object.values(bySuffix)[0]
}

const typesBySuffix = new Map(
  Object.values(suffixesByFolder).flatMap((types) => Object.entries(types)),
)

/** The type whose files end like this, wherever they lie. */
export function unreadTypeOfSuffix(suffix: string): string | undefined {
  return typesBySuffix.get(suffix)
}
