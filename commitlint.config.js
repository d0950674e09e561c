const capitalized = ['sentence-case', 'start-case', 'pascal-case', 'upper-case'];

// `type(scope): summary`, the scope is optional. A `!` before the colon marks a breaking change. Bodies are free.
export default {
  parserPreset: { parserOpts: { headerPattern: /^(\w+)(?:\(([^()]+)\))?!?: (.*)$/ } },
  rules: {
    'type-empty': [2, 'never'],
    'type-enum': [2, 'always', ['feat', 'fix', 'perf', 'refactor', 'docs', 'test', 'build', 'ci']],
    'subject-empty': [2, 'never'],
    'subject-case': [2, 'never', capitalized],
    'subject-full-stop': [2, 'never', '.'],
    'header-max-length': [2, 'always', 72],
    'body-leading-blank': [2, 'always'],
  },
};
