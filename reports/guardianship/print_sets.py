"""Documents that people sign, printed in sets: numbered pages, each set on sheets of its own (B-3.2c).

The PDF engine of a bare machine sets no footers, so number of the document, check code and page
number are stamped on the finished pages.
"""

import io
from collections import OrderedDict

from reportlab.pdfgen import canvas

from odoo import models
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


class IrActionsReport(models.Model):
    _inherit = "ir.actions.report"

    def _render_qweb_pdf_prepare_streams(self, report_ref, data, res_ids=None):
        render = super()._render_qweb_pdf_prepare_streams
        report = self._get_report(report_ref)
        if report.report_name not in SETS or not res_ids:
            return render(report_ref, data, res_ids=res_ids)
        chosen, streams = list(dict.fromkeys(res_ids)), OrderedDict()
        for record in self.env[report.model].browse(chosen):
            made = render(report_ref, dict(data or {}), res_ids=record.ids)[record.id]
            label = "  ".join(filter(None, (record.name, record.check_code)))
            made["stream"] = _stamped(made["stream"], label, full_sheets=len(chosen) > 1)
            streams[record.id] = made
        return streams


def _stamped(stream, label, full_sheets):
    """Return the PDF (`io.BytesIO`) with label and page number on each page.

    :param full_sheets: add an empty page where the last sheet has an empty back, so that a stack
        printed on both sides has each set on sheets of its own
    """
    reader, writer = PdfFileReader(stream), PdfFileWriter()
    pages = list(reader.pages)
    for number, page in enumerate(pages, 1):
        width, height = float(page.mediabox.width), float(page.mediabox.height)
        page.merge_page(_footer(width, height, label, f"— {number} / {len(pages)} —"))
        writer.add_page(page)
    if full_sheets and len(pages) % 2:
        writer.add_blank_page()
    result = io.BytesIO()
    writer.write(result)
    return result


def _footer(width, height, label, number):
    """Return a page (of pypdf) with nothing but the footer."""
    buffer = io.BytesIO()
    paper = canvas.Canvas(buffer, pagesize=(width, height))
    paper.setFont("Times-Roman", 9)
    paper.drawCentredString(width / 2, BOTTOM, number)
    paper.setFont("Courier", 8)
    paper.drawString(70, BOTTOM, label)
    paper.save()
    buffer.seek(0)
    return PdfFileReader(buffer).pages[0]
