/** A word or phrase that the writing style forbids. A space in the phrase also matches a line break. */
export interface Rule {
  /** The source of a regular expression, which matches whole words and ignores case. */
  readonly phrase: string;
  /** The phrase to write instead. */
  readonly better: string;
  /** Where the phrase is forbidden. Everywhere by default. */
  readonly at?: 'start of a doc comment' | 'start of a heading' | 'start of a sentence';
}

export const rules: readonly Rule[] = [
  { phrase: 'who(?:m)?ever', better: 'the caller, or the role' },
  { phrase: 'whose', better: 'start with the subject: "The owner of …"', at: 'start of a sentence' },
  { phrase: 'whose (?:it|they|this|that) (?:is|are|was|must|may)', better: 'its owner' },
  { phrase: 'somebody', better: 'a user, a caller or someone' },
  {
    phrase: '(?:so that|for what|what|which) nobody',
    better: 'name the role: "so that no caller", "unknown …"',
  },
  { phrase: 'gives|give back', better: 'returns, provides or passes' },
  { phrase: 'questions to', better: 'queries on' },
  { phrase: 'anew', better: 'again' },
  { phrase: 'for good(?! reasons?)', better: 'permanently' },
  { phrase: 'of (?:its|their) own accord', better: 'by itself' },
  { phrase: 'to be had', better: 'available' },
  { phrase: 'without a word', better: 'silently' },
  { phrase: 'all else', better: 'everything else' },
  { phrase: 'beforehand', better: 'before' },
  {
    phrase: 'hitherto|thereupon|thereof|therein|henceforth|whereupon|wherein|forthwith',
    better: 'a plain word',
  },
  { phrase: '(?:what|all that) (?:came|became|comes|becomes) of', better: 'the result of' },
  { phrase: 'in the place of', better: 'instead of' },
  { phrase: 'ends? badly', better: 'fails' },
  { phrase: 'stands? (?:in(?! for| front| the way)|on|at|below|above|here|there)', better: 'is' },
  { phrase: 'what|that|of', better: 'a verb: "Returns …", or the noun itself', at: 'start of a doc comment' },
  { phrase: 'what|who|taking|the way of', better: 'the topic as a noun', at: 'start of a heading' },
];
