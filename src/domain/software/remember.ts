/** `read`, once for each text: the same few texts are on very many machines. */
export function remember<Value>(read: (text: string) => Value): (text: string) => Value {
  const known = new Map<string, Value>();
  return (text) => {
    let value = known.get(text);
    if (value === undefined) {
      value = read(text);
      known.set(text, value);
    }
    return value;
  };
}

/** The same for two texts. */
export function rememberPairs<Value>(
  read: (one: string, other: string) => Value,
): (one: string, other: string) => Value {
  const known = remember((one) => remember((other) => read(one, other)));
  return (one, other) => known(one)(other);
}
