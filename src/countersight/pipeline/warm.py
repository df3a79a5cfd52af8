"""Imported once by the process that workers are forked from, so that none of them builds these again."""

from PIL import Image

from countersight.find.clues import clues
from countersight.model import Page
from countersight.pipeline.examine import detector
from countersight.privacy.masks import mask
from countersight.store.search import index_form
from countersight.text.shingles import signature

_SAMPLE = "摄像机 camera，数据上传至乌鲁木齐市公安局，由新疆某某科技有限公司（以下简称“乙方”）与 Example Ltd 签订"

detector(()).detect(Page(1, _SAMPLE))
tuple(clues(Page(1, _SAMPLE)))
mask("电话：0991-5550123，13800000000，+998 71 555 0123, tel. (202) 555-0123")
signature(index_form(_SAMPLE))
Image.preinit()
