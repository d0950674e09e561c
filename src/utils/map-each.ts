/** Yields the result of the function for each item, as soon as the item arrives. */
export async function* mapEach<Item, Mapped>(
  items: AsyncIterable<Item>,
  toMapped: (item: Item) => Mapped,
): AsyncGenerator<Mapped> {
  for await (const item of items) yield toMapped(item);
}
