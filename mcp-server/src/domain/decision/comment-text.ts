import { short } from '../hash.ts';
import type { Comment } from './comments.ts';

/** One comment as one sentence; what people wrote is quoted. */
export const commentText = (one: Comment): string =>
  `comment ${short(one.id)} on ${one.anchors.join(', ')} by ${one.by}: ${JSON.stringify(one.text)}`;
