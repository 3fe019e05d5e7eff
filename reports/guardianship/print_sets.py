"""Documents that people sign, printed in sets: numbered pages, each set on sheets of its own (B-3.2c).

The PDF engine of a bare machine sets no footers and takes one document. So all sets are one document for it, each with
a mark on its first page; they are parted by these marks, and number of the document, check code, page number and the
stamp of a draft are put on the finished pages.
"""

import io
import re
from collections import OrderedDict

from reportlab.lib.utils import ImageReader
from reportlab.pdfgen import canvas

from odoo import models
from odoo.tools import file_open
from odoo.tools.pdf import PdfFileReader, PdfFileWriter

MODULE = "left_behind_children"
SETS = tuple(
    f"{MODULE}.{name}"
    for name in (
        "agreement_document",
        "letter_document",
        "notice_school_document",
        "notice_village_document",
    )
)
BOTTOM = 30  # points above the edge of the paper
STAMP_HEIGHT = 16
STAMPS = {"draft": "stamp_draft.png", "cancelled": "stamp_void.png"}  # by state
MARK = re.compile(r"LBC-SET-(\d+)-END")  # see the template `document_mark`


class IrActionsReport(models.Model):
    _inherit = "ir.actions.report"

    def _render_qweb_pdf_prepare_streams(self, report_ref, data, res_ids=None):
        render = super()._render_qweb_pdf_prepare_streams
        report = self._get_report(report_ref)
        if report.report_name not in SETS or not res_ids:
            return render(report_ref, data, res_ids=res_ids)
        records = self.env[report.model].browse(dict.fromkeys(res_ids))

        def pages_of(some):
            made = render(report_ref, dict(data or {}), res_ids=some.ids)
            streams = [one["stream"] for one in made.values() if one["stream"]]
            return [page for stream in streams for page in PdfFileReader(stream).pages]

        sets = _parted(pages_of(records), records.ids)
        if len(sets) < len(records):  # an engine that draws letters as curves: one after the other
            sets = {record.id: pages_of(record) for record in records}
        streams = OrderedDict()
        for record in records:
            label = "  ".join(filter(None, (record.name, record.check_code)))
            stream = _stamped(sets[record.id], label, STAMPS.get(record.state), len(records) > 1)
            streams[record.id] = {"stream": stream, "attachment": None}
        return streams


def _parted(pages, ids):
    """Return {id: pages (list)} where the set of each of these ids begins with its mark, in their order."""
    if len(ids) == 1:
        return {ids[0]: pages}
    sets, waiting, own = {}, list(ids), []
    for page in pages:
        mark = waiting and MARK.search(page.extract_text())
        if mark and int(mark[1]) == waiting[0]:
            own = sets.setdefault(waiting.pop(0), [])
        own.append(page)
    return sets


def _stamped(pages, label, stamp, full_sheets):
    """Return a PDF (`io.BytesIO`) of the pages with label and page number on each.

    :param stamp: name of the picture that stands on every page but the first, which has it in its text; or None
    :param full_sheets: add an empty page where the last sheet has an empty back, so that a stack
        printed on both sides has each set on sheets of its own
    """
    writer = PdfFileWriter()
    for number, page in enumerate(pages, 1):
        width, height = float(page.mediabox.width), float(page.mediabox.height)
        shown = stamp if number > 1 else None
        page.merge_page(_overlay(width, height, label, f"— {number} / {len(pages)} —", shown))
        writer.add_page(page)
    if full_sheets and len(pages) % 2:
        writer.add_blank_page()
    result = io.BytesIO()
    writer.write(result)
    return result


def _overlay(width, height, label, number, stamp):
    """Return a page (of pypdf) with nothing but the footer and the stamp, if any."""
    buffer = io.BytesIO()
    paper = canvas.Canvas(buffer, pagesize=(width, height))
    paper.setFont("Times-Roman", 9)
    paper.drawCentredString(width / 2, BOTTOM, number)
    paper.setFont("Courier", 8)
    paper.drawString(70, BOTTOM, label)
    if stamp:
        with file_open(f"{MODULE}/static/img/{stamp}", "rb") as picture:
            image = ImageReader(io.BytesIO(picture.read()))
        across = STAMP_HEIGHT * image.getSize()[0] / image.getSize()[1]
        top = height - BOTTOM - STAMP_HEIGHT
        paper.drawImage(image, width - 62 - across, top, across, STAMP_HEIGHT, mask="auto")
    paper.save()
    buffer.seek(0)
    return PdfFileReader(buffer).pages[0]
