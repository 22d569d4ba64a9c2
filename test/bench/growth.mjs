// How a time grows with a size.

/**
 * The power of the size that the time grows with: the slope of a straight line through the points, both axes logarithmic
 * (least squares). The floor, which has nothing to do with the size, is taken off first.
 *
 * @param {readonly { size: number, ms: number }[]} points four or more say something
 * @param {number} floor milliseconds that the smallest possible work takes
 */
export function exponentOf(points, floor) {
  const logs = points.map(({ size, ms }) => [Math.log(size), Math.log(Math.max(ms - floor, 1))]);
  const mean = (/** @type {0 | 1} */ axis) => logs.reduce((sum, one) => sum + one[axis], 0) / logs.length;
  const [x, y] = [mean(0), mean(1)];
  const over = logs.reduce((sum, one) => sum + (one[0] - x) * (one[1] - y), 0);
  return over / logs.reduce((sum, one) => sum + (one[0] - x) ** 2, 0);
}
