/** Active push topics are records, and yet they name fields: what they follow is not taken away without a word. */
import { fullAccess } from '../access/full-access.ts'
import { message, type Message } from '../base/message.ts'
import { Refusal, type Problem } from '../base/refusal.ts'
import type { Model, ObjectModel } from '../model/model.ts'
import { reasoned } from '../model/source-problem.ts'
import { deletedColumn, lookupColumn } from '../query/compile-write.ts'
import { planRead } from '../query/plan-read.ts'
import { parseQuery } from '../query/soql/parse-query.ts'
import { readTopicQuery, topicObject, type TopicQuery } from '../query/soql/topic-query.ts'
import { identifier, sql } from '../sql/sql.ts'
import type { DeployContext } from './context.ts'
import type { DeployWork } from './deploy-work.ts'
import type { PlanProblem } from './plan.ts'
import { removalProblem } from './removed-references.ts'

interface FollowedTopic {
  readonly name: string
  readonly text: string
  readonly query: TopicQuery
  readonly object: ObjectModel
}

/** Those whose query can be followed by now. */
async function activeTopics({ state, storage }: DeployContext): Promise<readonly FollowedTopic[]> {
  const { model } = state()
  const topic = model.object(topicObject)
  const [name, query, active] = ['name', 'query', 'isactive'].map((one) =>
    topic?.fieldsByName.get(one),
  )
  // An organisation may have taken the object away.
  if (topic === undefined || !name || !query || !active) return []
  const rows = await storage.read(
    sql`select ${lookupColumn(name)} as name, ${lookupColumn(query)} as query from ${topic.table} where ${lookupColumn(active)} and not ${deletedColumn} order by ${identifier('Id')}`,
  )
  return rows.flatMap((row) => {
    const [called, text] = [String(row['name']), String(row['query'])]
    if (whyNot(model, text) !== undefined) return []
    const read = readTopicQuery(text)
    const object = model.object(read.object)
    return object === undefined ? [] : [{ name: called, text, query: read, object }]
  })
}

/** What is wrong with a query under a model; undefined where it can be followed. */
function whyNot(model: Model, text: string): Problem | undefined {
  try {
    readTopicQuery(text)
    const options = { moment: { now: 0, timeZone: 'UTC' }, deletedToo: false }
    planRead({ model, access: fullAccess(model) }, parseQuery(text), options)
    return undefined
  } catch (error) {
    const [problem] = error instanceof Refusal ? error.problems : []
    if (problem === undefined) throw error
    return problem
  }
}

/** By "Object.Field" in canonical names, and by the object itself. */
function namesOf({ query, object }: FollowedTopic): readonly string[] {
  const fields = [...query.selected, ...query.compared].flatMap((name) => {
    const field = object.fieldsByName.get(name.toLowerCase())
    return field === undefined ? [] : [`${object.name}.${field.name}`]
  })
  return [object.name, ...new Set(fields)]
}

function told({ name }: FollowedTopic): Message {
  return message('PushTopic {name} follows it', { name })
}

/** Which topics follow each field of an object. */
export async function topicsByField(
  context: DeployContext,
  object: ObjectModel,
): Promise<ReadonlyMap<string, readonly Message[]>> {
  const found = new Map<string, Message[]>()
  for (const topic of await activeTopics(context)) {
    if (topic.object !== object) continue
    for (const name of namesOf(topic)) found.set(name, [...(found.get(name) ?? []), told(topic)])
  }
  return found
}

/** A renamed field goes on answering to its former name; what is gone, or can be compared no more, would fall silent. */
export async function topicProblems(
  context: DeployContext,
  { wanted, renames }: Pick<DeployWork, 'wanted' | 'renames'>,
): Promise<readonly PlanProblem[]> {
  const users = new Map<string, Message[]>()
  const problems: PlanProblem[] = []
  for (const topic of await activeTopics(context)) {
    const { object } = topic
    const after = wanted.object(renames.objects.get(object.name) ?? object.name)
    if (after === object) continue
    const why = whyNot(wanted, topic.text)
    if (why === undefined) continue
    const gone = namesOf(topic).filter((name) => isGone(name, after))
    const [first = object.name] = gone
    if (gone.length === 0) problems.push(unfit(topic, why))
    // Without the object its fields need not be named one by one.
    const named = first === object.name ? gone.slice(0, 1) : gone
    for (const name of named) users.set(name, [...(users.get(name) ?? []), told(topic)])
  }
  return [...[...users].map(([name, topics]) => removalProblem(name, topics)), ...problems]
}

/** Former names are found like the present ones. */
function isGone(name: string, after: ObjectModel | undefined): boolean {
  const [, field] = name.split('.')
  if (after === undefined || field === undefined) return after === undefined
  return !after.fieldsByName.has(field.toLowerCase())
}

function unfit({ name }: FollowedTopic, { message: english, told: why }: Problem): PlanProblem {
  return {
    component: `PushTopic.${name}`,
    ...reasoned(
      message('The active push topic {name} could not be followed any more: {why}', {
        name,
        why: why ?? english,
      }),
      message('change its query first, or make it inactive'),
    ),
  }
}
