"""The browser SDK as it is built: from these sources, with these types, and as a package that a project can install."""

from __future__ import annotations

import json
import shutil
import subprocess
import tarfile
from pathlib import Path

import pytest

from masarat.show.http.script import FILES, SDK

SOURCE = Path(__file__).parents[2] / "web" / "sdk"
TSC = SOURCE / "node_modules" / "typescript" / "bin" / "tsc"
CONSUMER = """
import { init, type Masarat } from "@masarat/sdk";
const masarat: Masarat = init({ key: "k", host: "https://masarat.example.com", consent: "opt-in", off: ["clicks"] });
masarat.productViewed({ product_id: "k1", price: 80, currency: "SAR" });
masarat.productAddedToWishlist({ product_id: "k1" });
masarat.consent({ analytics: true, marketing: false });
// @ts-expect-error there is no such method
masarat.productBought({});
// @ts-expect-error a price is a number
masarat.productViewed({ price: "80" });
// @ts-expect-error a choice says whether it allows analytics
masarat.consent({ marketing: true });
"""


def node(*words: object, cwd: Path = SOURCE) -> str:
    done = subprocess.run(
        ["node", *map(str, words)], cwd=cwd, capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_what_is_served_is_what_the_sources_build(tmp_path):
    node("build.mjs", tmp_path)
    for name in FILES:
        assert (tmp_path / name).read_bytes() == (SDK / name).read_bytes(), f"{name} is stale: make setup"


def test_its_units_hold():
    node("test.mjs")


def test_its_locked_packages_have_hashes_and_name_no_registry():
    packages = json.loads((SOURCE / "package-lock.json").read_text())["packages"]
    for name, package in packages.items():
        assert "resolved" not in package, name
        assert not name or package["integrity"].startswith("sha512-"), name


@pytest.fixture(scope="module")
def package(tmp_path_factory) -> Path:
    """The package as `npm pack` makes it, unpacked where a project would have it."""
    project = tmp_path_factory.mktemp("project")
    npm = shutil.which("npm")
    assert npm, "install Node 20 or newer"
    subprocess.run(
        [npm, "pack", "--pack-destination", project, "--loglevel=error"],
        cwd=SOURCE, check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    [archive] = project.glob("*.tgz")
    with tarfile.open(archive) as files:
        files.extractall(project, filter="data")
    place = project / "node_modules" / "@masarat"
    place.mkdir(parents=True)
    return Path(shutil.move(project / "package", place / "sdk"))


def test_the_package_has_strict_types(package):
    project = package.parents[2]
    (project / "shop.ts").write_text(CONSUMER)
    options = (
        "--strict",
        "--skipLibCheck",
        "--noEmit",
        "--target",
        "es2022",
        "--module",
        "esnext",
        "--moduleResolution",
        "bundler",
    )
    node(TSC, *options, "shop.ts", cwd=project)


def test_the_package_loads_where_there_is_no_browser(package):
    node(
        "--input-type=module",
        "-e",
        "import { init } from '@masarat/sdk'; if (!init) throw 1",
        cwd=package.parents[2],
    )
    assert not list(package.rglob("*.ts.map"))
    assert {path.name for path in package.iterdir()} == {"dist", "package.json"}
