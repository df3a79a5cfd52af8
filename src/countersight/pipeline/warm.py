"""Imported once by the process that workers are forked from, so that none of them builds these again."""

from PIL import Image

from countersight.model import Page
from countersight.pipeline.examine import detector
from countersight.store.search import index_form
from countersight.text.language import language

_SAMPLE = "摄像机 Das ist eine Probe, damit das Modell der Sprachen geladen wird, mehr nicht."

detector(()).detect(Page(1, _SAMPLE))
language(_SAMPLE)
index_form(_SAMPLE)
Image.preinit()
