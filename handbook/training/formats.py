"""The formats of packages: what each makes of a course."""

from collections.abc import Callable, Mapping
from typing import Final

from handbook.training.course import Course
from handbook.training.scorm12 import scorm12

FORMATS: Final[Mapping[str, Callable[[Course], bytes]]] = {"scorm12": scorm12}
