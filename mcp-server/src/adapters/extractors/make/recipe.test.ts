import { describe, expect, it } from 'vitest';
import { recipeOf } from './recipe.ts';

describe('recipeOf', () => {
  it.each([
    ['@echo $(NAME)', 'echo {{NAME}}', 'echo $(NAME)'],
    ['-rm ${DIR}/x', 'rm {{DIR }}/x', 'rm ${DIR}/x'],
    ['[ -d $@ ] || git clone $(REPO) $@', '[ -d {{@  }} ] || git clone {{REPO}} {{@  }}', undefined],
    ['echo $$HOME', 'echo $HOME', 'echo $$HOME'],
    ['lint "$(call path,$(FILE))"', 'lint "{{call path,$(FILE)}}"', undefined],
    ['lint $(call path,${FILE}) ${DIR}', 'lint {{call path,$(FILE)}} {{DIR }}', undefined],
    ["docker ps --format '{{.Names}}'", "docker ps --format '{{.Names}}'", "docker ps --format '{{.Names}}'"],
    ['echo $(open', 'echo $(open', 'echo $$(open'],
    ['echo 5$', 'echo 5$', 'echo 5$$'],
  ])('shows %j to the shell and spells it back', (line, text, spelled = line) => {
    const recipe = recipeOf([line]);
    expect(recipe.text).toBe(text);
    expect(recipe.spell(recipe.text)).toBe(spelled);
  });

  it('joins lines, and finds every bracket in one pass', () => {
    expect(recipeOf(['@a', '-b $(C)']).text).toBe('a\nb {{C}}');
    expect(recipeOf(['$('.repeat(50_000)]).text).toBe('$('.repeat(50_000));
  });
});
