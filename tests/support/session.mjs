// A session with the database that stays open from statement to statement, as the database's owner.
import { spawn } from 'node:child_process';

let counter = 0;

export class Session {
  constructor(stack, database = 'supportlevel') {
    this.child = spawn('mariadb', ['--no-defaults', `--socket=${stack.state.database_socket}`, '--unbuffered', '--batch', '--skip-column-names', '--default-character-set=utf8mb4', database],
      { stdio: ['pipe', 'pipe', 'inherit'] });
    // Bytes as they are: a cell may be no text.
    this.child.stdout.setEncoding('latin1');
    this.output = '';
    this.child.stdout.on('data', (text) => {
      this.output += text;
      this.look?.();
    });
  }

  /** Runs statements; resolves with the lines that they gave. */
  run(sql) {
    counter += 1;
    const end = `-- end ${counter} --`;
    return new Promise((resolve) => {
      this.look = () => {
        if (!this.output.endsWith(`${end}\n`)) return;
        const lines = this.output.split('\n').slice(0, -2);
        this.output = '';
        resolve(lines);
      };
      this.child.stdin.write(`${sql};\nSELECT '${end}';\n`);
    });
  }

  /** Ends the session; its transaction and locks with it. */
  close() {
    if (this.child.exitCode !== null) return undefined;
    const ended = new Promise((resolve) => this.child.on('close', resolve));
    this.child.stdin.end();
    return ended;
  }
}
