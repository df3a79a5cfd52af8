"""OCR: the text of a picture, every character with its place and score. Nothing here looks at faces or persons."""

from countersight.read.ocr.confusable import LOOKALIKES, WEAK
from countersight.read.ocr.engine import AGENT
from countersight.read.ocr.recognise import recognise
from countersight.read.ocr.recognised import Recognised, page_of

__all__ = ["AGENT", "LOOKALIKES", "WEAK", "Recognised", "page_of", "recognise"]
