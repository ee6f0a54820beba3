/** The plan that planning ends with. */
export async function planned<Plan>(
  planning: Promise<AsyncIterable<{ kind: 'looking' } | { kind: 'plan'; plan: Plan }>>,
): Promise<Plan> {
  for await (const step of await planning) if (step.kind === 'plan') return step.plan;
  throw new Error('Planning ends with the plan.');
}
