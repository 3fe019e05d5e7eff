from . import (
    agreement_collect,
    agreement_decide,
    agreement_prepare,
    agreement_prepare_line,
    contact_record,
    document_sign,
    letter_prepare,
)
