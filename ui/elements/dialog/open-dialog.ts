/** Shows an element that asks for something in a dialog, over everything; the answer is a promise. */
import { nothing, render } from 'lit'

/** `content` gets the function that answers and takes the dialog away. */
export function openDialog<Result>(
  content: (answer: (result: Result) => void) => unknown,
): Promise<Result> {
  return new Promise((resolve) => {
    const holder = document.createElement('div')
    document.body.append(holder)
    const answer = (result: Result): void => {
      render(nothing, holder)
      holder.remove()
      resolve(result)
    }
    render(content(answer), holder)
  })
}
