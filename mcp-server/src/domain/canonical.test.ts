import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonical, type Json } from './canonical.ts';

describe('canonical JSON', () => {
  it('follows the RFC 8785 example of section 3.2.2 and 3.2.3', () => {
    const value = {
      numbers: [333333333.3333333, 1e30, 4.5, 2e-3, 0.000000000000000000000000001],
      string: '€$\u000f\nA\'B"\\\\"/',
      literals: [null, true, false],
    };
    expect(canonical(value)).toBe(
      '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}',
    );
  });

  it('sorts members by UTF-16 code units', () => {
    const keys = ['\u20ac', '\r', '\ufb33', '1', '\u{1f600}', '\u0080', '\u00f6'];
    const value = Object.fromEntries(keys.map((key, at) => [key, at]));
    const sorted = Object.keys(JSON.parse(canonical(value)) as object).filter((key) => key !== '1');
    expect(sorted).toEqual(['\r', '\u0080', '\u00f6', '\u20ac', '\u{1f600}', '\ufb33']);
  });

  it.each([
    ['0000000000000000', '0'],
    ['8000000000000000', '0'],
    ['0000000000000001', '5e-324'],
    ['8000000000000001', '-5e-324'],
    ['7fefffffffffffff', '1.7976931348623157e+308'],
    ['ffefffffffffffff', '-1.7976931348623157e+308'],
    ['4340000000000000', '9007199254740992'],
    ['c340000000000000', '-9007199254740992'],
    ['4430000000000000', '295147905179352830000'],
    ['44b52d02c7e14af5', '9.999999999999997e+22'],
    ['44b52d02c7e14af6', '1e+23'],
    ['44b52d02c7e14af7', '1.0000000000000001e+23'],
    ['444b1ae4d6e2ef4e', '999999999999999700000'],
    ['444b1ae4d6e2ef4f', '999999999999999900000'],
    ['444b1ae4d6e2ef50', '1e+21'],
    ['3eb0c6f7a0b5ed8c', '9.999999999999997e-7'],
    ['3eb0c6f7a0b5ed8d', '0.000001'],
    ['41b3de4355555553', '333333333.3333332'],
    ['41b3de4355555554', '333333333.33333325'],
    ['41b3de4355555555', '333333333.3333333'],
    ['41b3de4355555556', '333333333.3333334'],
    ['41b3de4355555557', '333333333.33333343'],
    ['becbf647612f3696', '-0.0000033333333333333333'],
    ['43143ff3c1cb0959', '1424953923781206.2'],
  ])('writes the number of the bits %s as %s (RFC 8785, appendix B)', (bits, text) => {
    expect(canonical(Buffer.from(bits, 'hex').readDoubleBE())).toBe(text);
  });

  it.each(['7fffffffffffffff', '7ff0000000000000', 'fff0000000000000'])('has no number of the bits %s', (bits) => {
    expect(() => canonical(Buffer.from(bits, 'hex').readDoubleBE())).toThrow(TypeError);
  });

  it.each([
    ['\b\t\n\f\r', '"\\b\\t\\n\\f\\r"'],
    ['\u0000\u001f', '"\\u0000\\u001f"'],
    ['\u007f\u0080\u2028\u2029\ufeff', '"\u007f\u0080\u2028\u2029\ufeff"'],
    ['"\\/', '"\\"\\\\/"'],
    ['\u{10ffff}', '"\u{10ffff}"'],
  ])('writes the text %j without more escapes than there must be (section 3.2.2.2)', (value, text) => {
    expect(canonical(value)).toBe(text);
  });

  it('puts a key before those that it begins, and surrogates before the end of the plane', () => {
    const keys = ['', 'a', 'aa', 'a\u0000', 'b', '\u{10000}', '\uffff', '\ue000', '10', '9', 'A'];
    const text = canonical(Object.fromEntries(keys.map((key) => [key, null])));
    const order = ['', '10', '9', 'A', 'a', 'a\u0000', 'aa', 'b', '\u{10000}', '\ue000', '\uffff'];
    expect(text).toBe(`{${order.map((key) => `${JSON.stringify(key)}:null`).join(',')}}`);
  });

  it('orders members at every depth, and leaves lists as they are', () => {
    expect(canonical({ b: [{ d: 1, c: [3, 1, 2] }], a: {} })).toBe('{"a":{},"b":[{"c":[3,1,2],"d":1}]}');
  });

  it('leaves out undefined members', () => {
    expect(canonical({ a: undefined, b: 1 })).toBe('{"b":1}');
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY, '\ud800'])('refuses %j', (value) => {
    expect(() => canonical(value)).toThrow(TypeError);
  });

  it('refuses what is not JSON', () => {
    expect(() => canonical((() => 1) as unknown as Json)).toThrow('no function');
  });

  it('is independent of member order and reads back as the same value', () => {
    fc.assert(
      fc.property(fc.jsonValue({ depthSize: 'small' }), (value) => {
        const text = canonical(value as Json);
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
        expect(canonical(JSON.parse(text) as Json)).toBe(text);
      }),
    );
  });
});
