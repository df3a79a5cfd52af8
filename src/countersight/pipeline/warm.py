"""Imported once by the process that workers are forked from, so that none of them builds these again."""

from PIL import Image

from countersight.model import Page
from countersight.pipeline.examine import detector
from countersight.store.search import index_form
from countersight.text.shingles import signature

_SAMPLE = "摄像机 camera"

detector(()).detect(Page(1, _SAMPLE))
signature(index_form(_SAMPLE))
Image.preinit()
