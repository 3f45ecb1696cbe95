from __future__ import annotations

import json
import re

from tests.serve.conftest import KEY, Running, notebook

from repairbook.home import Home
from repairbook.serve.contents import NoCheckpoints, ShippedWorkbooks
from repairbook.serve.lab import laid_out


def test_workbooks_are_laid_out_for_their_owner_and_refreshed(tmp_path):
    source, home = tmp_path / "shipped", Home(tmp_path / "data", tmp_path / "config").make()
    source.mkdir()
    (source / "reflect.ipynb").write_text("new")
    folder = laid_out(home, source)
    (folder / "reflect.ipynb").write_text("changed by hand")
    (folder / "old.ipynb").write_text("no longer shipped")
    assert laid_out(home, source) == folder
    assert [path.name for path in folder.iterdir()] == ["reflect.ipynb"]
    assert (folder / "reflect.ipynb").read_text() == "new"
    assert folder.stat().st_mode & 0o777 == 0o700


def test_a_saved_workbook_keeps_nothing_it_showed(tmp_path):
    contents = ShippedWorkbooks(root_dir=str(tmp_path))
    book = notebook("1")
    shown = {
        "output_type": "display_data",
        "metadata": {},
        "data": {"text/plain": "Textarea(value='whispered')"},
    }
    book["cells"][0] |= {"outputs": [shown], "execution_count": 3}
    book["metadata"]["widgets"] = {"state": "whispered"}
    contents.save({"type": "notebook", "format": "json", "content": book}, "reflect.ipynb")
    kept = (tmp_path / "reflect.ipynb").read_text()
    assert "whispered" not in kept
    assert json.loads(kept)["cells"][0]["outputs"] == []


def test_no_second_copies_are_kept(tmp_path):
    contents = ShippedWorkbooks(root_dir=str(tmp_path))
    contents.save({"type": "notebook", "format": "json", "content": notebook("1")}, "reflect.ipynb")
    contents.create_checkpoint("reflect.ipynb")
    assert isinstance(contents.checkpoints, NoCheckpoints)
    assert contents.list_checkpoints("reflect.ipynb") == []
    assert [path.name for path in tmp_path.iterdir()] == ["reflect.ipynb"]


def test_jupyterlab_opens_the_workbook_runs_it_clean_and_stops_at_ctrl_c(tmp_path):
    running = Running(tmp_path, module="lab", name="lab")
    try:
        with running.visitor(key=None) as person:
            assert "/login" in str(person.get("/lab").url)
            person.get("/lab", params={"token": KEY})
            page = person.get("/lab/tree/reflect.ipynb").text
            settings = json.loads(
                re.search(r'jupyter-config-data" type="application/json">(.*?)</script>', page, re.DOTALL)[1]
            )
            names = {extension["name"] for extension in settings["federated_extensions"]}
            part = person.get("/lab/extensions/repairbook-open/static/remoteEntry.js")
            terminals = person.post("/api/terminals", headers={"X-XSRFToken": person.cookies["_xsrf"]})
            book = {
                "name": "reflect",
                "path": "reflect.ipynb",
                "type": "notebook",
                "kernel": {"name": "python3"},
            }
            opened = person.post("/api/sessions", json=book, headers={"X-XSRFToken": person.cookies["_xsrf"]})
        known = running.kernels()[0].environ()
    finally:
        code = running.stop()
    assert "repairbook-open" in names
    assert part.status_code == 200
    assert terminals.status_code in {403, 404}
    assert opened.status_code == 201
    assert known["REPAIRBOOK_PLACE"] == "lab"
    assert KEY not in json.dumps(known)
    assert "CLINIC_PASSWORD" not in known
    assert code == 0
    assert running.printed.read_text().rstrip().endswith("Closed.")
