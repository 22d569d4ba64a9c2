export interface Frame {
  at: number;
  screen: string;
  chapter?: string;
  hold?: number;
}
export function toCast(terminal: { columns: number; rows: number; title: string }, frames: Frame[]): string;
