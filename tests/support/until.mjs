/** Asks until the answer is as wanted: what happens is waited for, not a time. Longer apart than the 100 ms for which the database repeats what it told of its transactions. */
export async function until(ask, wanted) {
  let answer;
  for (let tries = 0; tries < 200; tries += 1) {
    answer = await ask();
    if (wanted(answer)) return answer;
    await new Promise((resolve) => setTimeout(resolve, 150));
  }
  throw new Error(`last answer: ${answer?.status !== undefined ? `${answer.status} ${answer.text?.slice(0, 200)}` : answer}`);
}
