from . import (
    agreement_collect,
    agreement_decide,
    agreement_prepare,
    contact_record,
    document_sign,
    letter_prepare,
)
