// Runs a Repairbook workbook when it is opened in JupyterLab. Written by hand: no build, no Node.
(() => {
  const NAME = 'repairbook-open';
  let shared;

  const part = async (name) => {
    const versions = Object.values(shared[name]);
    const factory = await versions[0].get();
    return factory();
  };

  const wanted = (panel) => Boolean((panel.model?.getMetadata?.('repairbook') ?? {}).autorun);

  // A page left behind by an earlier opening would come back in pieces among the new one's.
  const anew = async (context) => {
    const known = await context.session?.kernel?.requestCommInfo({ target_name: 'jupyter.widget' });
    if (Object.keys(known?.content.comms ?? {}).length) await context.restartKernel();
  };

  const open = async (panel, NotebookActions) => {
    await panel.context.ready;
    if (!wanted(panel)) return;
    panel.addClass('rb-workbook');
    await panel.sessionContext.ready;
    await panel.revealed;
    await anew(panel.sessionContext);
    await NotebookActions.runAll(panel.content, panel.sessionContext);
    panel.content.node.querySelector('.jp-OutputArea-output')?.scrollIntoView();
  };

  const calm = () => {
    const style = document.createElement('style');
    style.textContent = `
      .rb-workbook .jp-NotebookPanel-toolbar, .rb-workbook .jp-Notebook-footer, .rb-workbook .jp-InputPrompt,
      .rb-workbook .jp-OutputPrompt, .rb-workbook .jp-Cell-inputWrapper, .rb-workbook .jp-cell-toolbar,
      .rb-workbook .jp-Collapser { display: none !important }
      .rb-workbook .jp-Cell, .rb-workbook .jp-WindowedPanel-outer, .rb-workbook .jp-OutputArea-output { padding: 0 !important }
      .rb-workbook .jp-OutputArea-child { overflow: visible }`;
    document.head.append(style);
  };

  const plugin = async () => {
    const { INotebookTracker, NotebookActions } = await part('@jupyterlab/notebook');
    return {
      id: `${NAME}:plugin`,
      autoStart: true,
      requires: [INotebookTracker],
      activate: (app, tracker) => {
        calm();
        app.restored.then(() => app.shell.collapseLeft?.());
        const begin = (panel) => open(panel, NotebookActions).catch(() => {});
        tracker.widgetAdded.connect((_, panel) => begin(panel));
        tracker.forEach(begin);
      },
    };
  };

  (window._JUPYTERLAB ??= {})[NAME] = {
    init: (scope) => { shared = scope; },
    get: async () => { const ready = await plugin(); return () => ({ __esModule: true, default: ready }); },
  };
})();
