import { create } from 'asciinema-player';
import 'asciinema-player/dist/bundle/asciinema-player.css';

/** `<terminal-cast src="ADDRESS">` plays a recorded terminal session; it starts when a reader says so. */
customElements.define(
  'terminal-cast',
  class extends HTMLElement {
    #player;

    connectedCallback() {
      const poster = this.getAttribute('poster') ?? undefined;
      this.#player = create(this.getAttribute('src'), this, { fit: 'width', preload: true, poster });
    }

    disconnectedCallback() {
      this.#player.dispose();
      this.replaceChildren();
    }
  },
);
