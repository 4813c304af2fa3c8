/** What an upload may be: masses are refused before they are kept. */
import { describe, expect, it } from 'vitest'
import { limits } from '../../../engine/base/limits.ts'
import { readUpload, type RowBlock } from '../../../engine/bulk/upload.ts'

const format = { columnDelimiter: 'COMMA', lineEnding: 'LF' }

async function read(text: string): Promise<RowBlock[]> {
  const blocks: RowBlock[] = []
  const source = { body: new Blob([text]).stream(), isGzip: false }
  await readUpload(source, format, async (block) => void blocks.push(block))
  return blocks
}

describe('an upload', () => {
  it('may have rows longer than its header, whose own matter that is', async () => {
    const [block] = await read('A,B\n1,2,3\n4\n')
    expect(block?.rows).toEqual([['1', '2', '3'], ['4']])
  })

  it('refuses a row of more values than there may be columns, and says which', async () => {
    const commas = ','.repeat(limits.bulkColumnsMax)
    await expect(read(`A\n1\n${commas}\n`)).rejects.toMatchObject({
      code: 'LIMIT_EXCEEDED',
      message: expect.stringContaining('row 2 has more') as string,
    })
    await expect(read(`${commas}\n`)).rejects.toMatchObject({ code: 'LIMIT_EXCEEDED' })
    expect(await read(`A\n${commas.slice(1)}\n`)).toHaveLength(1)
  })

  it('is cut off amid a row of nothing but cells', async () => {
    const sent = { bytes: 0 }
    const line = new TextEncoder().encode(','.repeat(64 * 1024))
    const endless = new ReadableStream<Uint8Array>({
      start: (to) => to.enqueue(new TextEncoder().encode('A\n')),
      pull: (to) => {
        sent.bytes += line.byteLength
        to.enqueue(line)
      },
    })
    const source = { body: endless, isGzip: false }
    await expect(readUpload(source, format, async () => undefined)).rejects.toMatchObject({
      code: 'LIMIT_EXCEEDED',
    })
    expect(sent.bytes).toBeLessThan(2_000_000)
  })

  it('takes texts with many delimiters, quoted', async () => {
    const text = ','.repeat(130_000)
    const [block] = await read(`A,B\n"${text}","${text}"\n`)
    expect(block?.rows).toEqual([[text, text]])
  })
})
