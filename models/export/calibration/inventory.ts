import { EventEmitter } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';

/** One article on the shelf; the price is in cents, so that sums stay exact. */
export interface Article {
  readonly id: string;
  readonly name: string;
  readonly priceCents: number;
  readonly tags?: readonly string[];
}

export type StockChange =
  | { kind: 'received'; articleId: string; amount: number; at: Date }
  | { kind: 'sold'; articleId: string; amount: number; at: Date }
  | { kind: 'counted'; articleId: string; amount: number; at: Date };

export class OutOfStockError extends Error {
  constructor(
    readonly articleId: string,
    readonly wanted: number,
    readonly available: number,
  ) {
    super(`Article ${articleId}: ${wanted} wanted, ${available} available`);
    this.name = 'OutOfStockError';
  }
}

/** Keeps the stock of every article, and tells listeners when one runs low. */
export class Inventory extends EventEmitter {
  private readonly articles = new Map<string, Article>();
  private readonly stock = new Map<string, number>();
  private readonly history: StockChange[] = [];

  constructor(private readonly lowWaterMark = 5) {
    super();
  }

  add(article: Article): void {
    if (this.articles.has(article.id)) {
      throw new Error(`Article ${article.id} is there already`);
    }
    this.articles.set(article.id, article);
    this.stock.set(article.id, 0);
  }

  available(articleId: string): number {
    const amount = this.stock.get(articleId);
    if (amount === undefined) {
      throw new RangeError(`Unknown article ${articleId}`);
    }
    return amount;
  }

  apply(change: StockChange): void {
    const before = this.available(change.articleId);
    switch (change.kind) {
      case 'received':
        this.stock.set(change.articleId, before + change.amount);
        break;
      case 'sold':
        if (change.amount > before) {
          throw new OutOfStockError(change.articleId, change.amount, before);
        }
        this.stock.set(change.articleId, before - change.amount);
        break;
      case 'counted':
        this.stock.set(change.articleId, change.amount);
        break;
    }
    this.history.push(change);
    const after = this.available(change.articleId);
    if (after < this.lowWaterMark && before >= this.lowWaterMark) {
      this.emit('low', this.articles.get(change.articleId), after);
    }
  }

  /** The value of everything on the shelf, in cents. */
  totalValue(): number {
    let sum = 0;
    for (const [id, amount] of this.stock) {
      sum += amount * (this.articles.get(id)?.priceCents ?? 0);
    }
    return sum;
  }

  findByTag(tag: string): Article[] {
    return [...this.articles.values()]
      .filter((article) => article.tags?.includes(tag))
      .sort((a, b) => a.name.localeCompare(b.name));
  }

  changesSince(date: Date): readonly StockChange[] {
    return this.history.filter((change) => change.at.getTime() >= date.getTime());
  }
}

export async function loadInventory(path: string): Promise<Inventory> {
  const inventory = new Inventory();
  const text = await readFile(path, 'utf8');
  const rows: unknown = JSON.parse(text);
  if (!Array.isArray(rows)) {
    throw new TypeError(`${path} must hold an array of articles`);
  }
  for (const row of rows as Array<Article & { amount: number }>) {
    inventory.add({ id: row.id, name: row.name, priceCents: row.priceCents, tags: row.tags });
    inventory.apply({ kind: 'counted', articleId: row.id, amount: row.amount, at: new Date() });
  }
  return inventory;
}

export async function saveReport(inventory: Inventory, path: string): Promise<void> {
  const euros = (inventory.totalValue() / 100).toFixed(2);
  await writeFile(path, `Total value: ${euros} EUR\n`, 'utf8');
}
