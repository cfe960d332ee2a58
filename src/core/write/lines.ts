/** The lines that a segment has in the new state file. Its law: they end up in the order of their paths. */
export class Lines {
  private readonly paths: string[] = [];
  private readonly lines: string[] = [];
  private sorted = true;

  add(path: string, line: string): void {
    const { paths } = this;
    if (this.sorted && paths.length > 0 && path < paths[paths.length - 1]!) this.sorted = false;
    paths.push(path);
    this.lines.push(line);
  }

  inOrder(): Buffer {
    const { paths, lines } = this;
    if (this.sorted) return Buffer.from(lines.join(''));
    const order = Array.from(paths, (_, index) => index).sort((a, b) => (paths[a]! < paths[b]! ? -1 : 1));
    return Buffer.from(order.map((index) => lines[index]).join(''));
  }
}
