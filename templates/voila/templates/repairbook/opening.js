// Keep the calm page until there is something to read, so nobody looks at an empty one.
(() => {
  const say = (text) => { const line = document.getElementById('loading_text'); if (line) line.textContent = text; };
  const show = window.display_cells;
  window.voila_process = () => {};
  window.update_loading_text = () => {};
  window.voila_heartbeat = () => say('Still opening. The first time takes a little longer.');
  window.display_cells = () => {
    const calm = document.getElementById('loading');
    if (calm) { calm.removeAttribute('id'); calm.dataset.calm = ''; }
    show();
    const cells = document.getElementById('rendered_cells');
    const ready = () => {
      if (!cells || !cells.querySelector('.jupyter-widgets, .jp-RenderedHTMLCommon, .jp-RenderedText')) return false;
      for (const text of cells.querySelectorAll('.jp-RenderedText')) {
        if (!text.textContent.includes('when executing cell')) continue;
        text.textContent = 'The workbook could not be opened. Nothing you saved is lost. Reload the page to try again.';
        text.setAttribute('role', 'alert');
      }
      document.querySelector('[data-calm]')?.remove();
      return true;
    };
    if (ready()) return;
    const watch = new MutationObserver(() => { if (ready()) watch.disconnect(); });
    watch.observe(document.body, { childList: true, subtree: true });
    setTimeout(() => say('This is taking long. Reload the page if it does not open.'), 20000);
  };
  window.voila_finish = window.display_cells;
})();
